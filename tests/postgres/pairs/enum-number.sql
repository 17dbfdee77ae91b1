-- no cast leads from a number to an enum, nor back: both are read as text
CREATE TYPE sort AS ENUM ('1', '2');
CREATE TABLE t (id int PRIMARY KEY, a smallint DEFAULT 1, b sort DEFAULT '2',
	c boolean, d integer[]);
INSERT INTO t VALUES (1, 2, '2', NULL, NULL);
-- to
CREATE TYPE sort AS ENUM ('1', '2');
CREATE TABLE t (id int PRIMARY KEY, a sort DEFAULT '1', b smallint DEFAULT 2,
	c sort, d sort[]);
-- rows
SELECT (a, b)::text = '(2,2)' FROM t;
