CREATE TYPE s AS ENUM ('a', 'b', 'c');
CREATE DOMAIN ds AS s CHECK (VALUE <> 'b');
CREATE TYPE co AS (x s, n int);
CREATE TABLE t (id int PRIMARY KEY, d ds DEFAULT 'a', c co, l s[]);
INSERT INTO t VALUES (1, 'a', ROW('b', 1), '{a,b}');
-- to
CREATE TYPE s AS ENUM ('a', 'b');
CREATE DOMAIN ds AS s CHECK (VALUE <> 'b');
CREATE TYPE co AS (x s, n int);
CREATE TABLE t (id int PRIMARY KEY, d ds DEFAULT 'a', c co, l s[]);
-- rows
SELECT d::s = 'a' AND (c).x = 'b' AND (c).n = 1 AND l = '{a,b}'::s[] FROM t;
