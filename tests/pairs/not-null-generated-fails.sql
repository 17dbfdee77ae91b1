-- NULLs of a generated column
CREATE TABLE t(a INT, b INT AS (a + 1));
-- rows --
INSERT INTO t(a) VALUES (NULL), (1);
-- to --
CREATE TABLE t(a INT, b INT NOT NULL AS (a + 1));
-- wants --
set-not-null t.b 1
error: NOT NULL constraint failed: t.b
