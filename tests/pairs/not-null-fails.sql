-- NULLs are counted
CREATE TABLE t(a INT, b INT);
-- rows --
INSERT INTO t VALUES (NULL, 1), (NULL, 2), (3, 3);
-- to --
CREATE TABLE t(a INT NOT NULL, b INT NOT NULL);
-- wants --
set-not-null t.a 2
set-not-null t.b 0
error: NOT NULL constraint failed: t.a
