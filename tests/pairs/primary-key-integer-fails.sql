-- no INTEGER PRIMARY KEY holds a text
CREATE TABLE t(a INT, b INT);
-- rows --
INSERT INTO t VALUES (1, 1), ('x', 1);
-- to --
CREATE TABLE t(a INTEGER PRIMARY KEY, b INT);
-- wants --
add-primary-key t.a 1
error: datatype mismatch
