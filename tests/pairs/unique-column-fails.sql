-- all rows get one value
CREATE TABLE t(a INT);
-- rows --
INSERT INTO t VALUES (1), (2);
-- to --
CREATE TABLE t(a INT, b INT UNIQUE DEFAULT 5);
-- wants --
add-unique t.b 2
error: UNIQUE constraint failed: t.b
