-- two rows equal in both
CREATE TABLE t(a TEXT, b INT);
-- rows --
INSERT INTO t VALUES ('x', 1), ('x', 1), ('x', 2), ('y', 1), ('z', 3), ('z', 3), ('z', 3);
-- to --
CREATE TABLE t(a TEXT, b INT, UNIQUE (a, b));
-- wants --
add-unique t 5
error: UNIQUE constraint failed: t.a, t.b
