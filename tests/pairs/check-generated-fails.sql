-- a check of a generated column that is new
CREATE TABLE t(a INT);
-- rows --
INSERT INTO t VALUES (1), (20);
-- to --
CREATE TABLE t(a INT, b INT AS (a * 2) CHECK (b < 30));
-- wants --
add-check t 1
error: CHECK constraint failed
