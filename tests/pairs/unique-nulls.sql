-- NULLs are never equal
CREATE TABLE t(a TEXT, b INT);
-- rows --
INSERT INTO t VALUES (NULL, 1), (NULL, 1), ('x', 1), ('x', 2), ('y', NULL), ('y', NULL);
-- to --
CREATE TABLE t(a TEXT, b INT, UNIQUE (a, b));
-- wants --
add-unique t 0
