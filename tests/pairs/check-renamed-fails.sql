-- a check of a column that is renamed on the way
CREATE TABLE t(a INT, b INT);
-- rows --
INSERT INTO t VALUES (1, 2), (2, 1);
-- to --
-- was t.c a
CREATE TABLE t(c INT, b INT, CHECK (c < b));
-- wants --
add-check t 1
error: CHECK constraint failed: c < b
