-- a check of several columns
CREATE TABLE t(a INT, b INT);
-- rows --
INSERT INTO t VALUES (1, 2), (2, 1), (5, 1);
-- to --
CREATE TABLE t(a INT, b INT, CONSTRAINT "a before b" CHECK (a < b));
-- wants --
add-check t 2
error: CHECK constraint failed: a before b
