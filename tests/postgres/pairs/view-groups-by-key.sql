CREATE TABLE t(id int PRIMARY KEY, n text, c int);
CREATE VIEW v AS SELECT id, n, count(*) FROM t GROUP BY id;
CREATE TABLE u(id int, n text, m int);
-- to
CREATE TABLE t(id int, n text, c int, PRIMARY KEY (id, c));
CREATE VIEW v AS SELECT id, n, c, count(*) FROM t GROUP BY id, c;
CREATE TABLE u(id int PRIMARY KEY, n text, m text);
CREATE VIEW w AS SELECT id, n, count(*) FROM u GROUP BY id;
CREATE FUNCTION f(u) RETURNS text LANGUAGE sql AS 'SELECT $1.m';
