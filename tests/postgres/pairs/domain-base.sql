-- What a domain is of changes, under columns, a view and a function.
CREATE DOMAIN price AS numeric(10,2) DEFAULT 1 CHECK (VALUE > 0);
CREATE DOMAIN code AS int;
CREATE TABLE t (id int PRIMARY KEY, p price NOT NULL, all_p price[],
	c code DEFAULT 7);
CREATE VIEW v AS SELECT id, p FROM t;
GRANT SELECT ON v TO pairs_reader;
CREATE FUNCTION twice(x price) RETURNS price LANGUAGE sql AS 'SELECT x * 2';
INSERT INTO t VALUES (1, 2.25, '{1.5,2.75}', 3);
-- to
CREATE DOMAIN price AS numeric(20,4) DEFAULT 1 CHECK (VALUE > 0);
CREATE DOMAIN code AS text COLLATE "C" CONSTRAINT said CHECK (VALUE <> '');
CREATE TABLE t (id int PRIMARY KEY, p price NOT NULL, all_p price[],
	c code DEFAULT '7');
CREATE VIEW v AS SELECT id, p FROM t;
GRANT SELECT ON v TO pairs_reader;
CREATE FUNCTION twice(x price) RETURNS price LANGUAGE sql AS 'SELECT x * 2';
-- rows
SELECT p = 2.25 AND all_p = '{1.5,2.75}' AND c = '3' FROM t;
