-- Attributes change their types, places and number below defaults, computed
-- columns, checks, indexes and functions; values are found again by name.
CREATE TYPE spot AS (x int, y int, note text);
CREATE TYPE route AS (a spot, b spot);
CREATE DOMAIN good AS spot CHECK ((VALUE).x > 0);
CREATE FUNCTION start() RETURNS spot LANGUAGE sql AS 'SELECT ROW(1, 2, ''a'')::spot';
CREATE FUNCTION far(s spot) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 7';
CREATE TABLE t (
	id int,
	at spot DEFAULT ROW(1, 2, 'a'),
	again spot DEFAULT start(),
	l route DEFAULT '("(1,2,b)","(3,4,c)")',
	g good DEFAULT '(5,6,)',
	away int DEFAULT far('(1,2,)'),
	x int GENERATED ALWAYS AS ((at).x) STORED,
	copy spot GENERATED ALWAYS AS (at) STORED,
	CHECK ((at).y > 0),
	CHECK (far(at) = 7)
);
CREATE INDEX ix ON t (((at).y));
CREATE VIEW v AS SELECT x FROM t;
INSERT INTO t VALUES (1);
INSERT INTO t VALUES (2, NULL, ROW(NULL, NULL, NULL), NULL, NULL);
-- to
CREATE TYPE spot AS (y bigint, note varchar(20), more int, x int);
CREATE TYPE route AS (a spot, b spot);
CREATE DOMAIN good AS spot CHECK ((VALUE).x > 0);
CREATE FUNCTION start() RETURNS spot LANGUAGE sql AS 'SELECT ROW(1, ''a'', 2, 3)::spot';
CREATE FUNCTION far(s spot) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 7';
CREATE TABLE t (
	id int,
	at spot DEFAULT ROW(1, 'a', 5, 2),
	again spot DEFAULT start(),
	l route DEFAULT '("(1,b,,2)","(3,c,,4)")',
	g good DEFAULT '(5,,,6)',
	away int DEFAULT far('(1,,,2)'),
	x int GENERATED ALWAYS AS ((at).x) STORED,
	copy spot GENERATED ALWAYS AS (at) STORED,
	CHECK ((at).y > 0),
	CHECK (far(at) = 7)
);
CREATE INDEX ix ON t (((at).y));
CREATE VIEW v AS SELECT x FROM t;
-- rows
SELECT at::text = '(2,a,,1)' AND again::text = '(2,a,,1)' AND x = 1 AND copy = at AND away = 7 FROM t WHERE id = 1;
SELECT l::text = '("(2,b,,1)","(4,c,,3)")' AND g::text = '(6,,,5)' FROM t WHERE id = 1;
SELECT at::text IS NULL AND again::text = '(,,,)' AND l::text IS NULL FROM t WHERE id = 2;
