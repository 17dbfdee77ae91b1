CREATE COLLATION de (provider = icu, locale = 'de-DE');
CREATE TABLE t (id int PRIMARY KEY);
-- to
CREATE COLLATION de (provider = icu, locale = 'de-AT');
CREATE TABLE t (id int PRIMARY KEY);
