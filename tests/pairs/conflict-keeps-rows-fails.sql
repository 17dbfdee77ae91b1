-- a clause that would drop rows in silence does not, for the number is known
CREATE TABLE t(a INT, b INT);
-- rows --
INSERT INTO t VALUES (1, 2), (1, 3);
-- to --
CREATE TABLE t(a INT UNIQUE ON CONFLICT IGNORE, b INT);
-- wants --
add-unique t.a 2
error: UNIQUE constraint failed: t.a
