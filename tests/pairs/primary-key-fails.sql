-- NULLs and duplicates
CREATE TABLE t(a INT, b INT);
-- rows --
INSERT INTO t VALUES (1, 1), (1, 1), (2, 1), (NULL, 4);
-- to --
CREATE TABLE t(a INT, b INT, PRIMARY KEY (a, b)) WITHOUT ROWID;
-- wants --
add-primary-key t 3
set-without-rowid t 1
error: UNIQUE constraint failed: t.a, t.b
