-- no NULLs
CREATE TABLE t(a INT, b INT);
-- rows --
INSERT INTO t VALUES (1, 1);
-- to --
CREATE TABLE t(a INT NOT NULL, b INT NOT NULL DEFAULT 5);
-- wants --
set-not-null t.a 0
set-not-null t.b 0
