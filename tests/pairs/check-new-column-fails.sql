-- a check of an old and a new column
CREATE TABLE t(a INT);
-- rows --
INSERT INTO t VALUES (1), (20);
-- to --
CREATE TABLE t(a INT, b INT DEFAULT 10, CHECK (a < b));
-- wants --
add-check t 1
error: CHECK constraint failed: a < b
