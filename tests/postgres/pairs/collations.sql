CREATE TABLE t (id int, a text);
-- to
CREATE COLLATION ger (provider = icu, locale = 'de-DE');
CREATE TABLE t (id int, a text COLLATE ger, b varchar(5) COLLATE "C");
