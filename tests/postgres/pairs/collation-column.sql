CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE INDEX t_a ON t (a);
INSERT INTO t VALUES (1, 'x');
-- to
CREATE COLLATION de (provider = icu, locale = 'de-AT');
CREATE TABLE t (id int PRIMARY KEY, a text COLLATE de);
CREATE INDEX t_a ON t (a);
