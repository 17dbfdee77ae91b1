-- a clause that would fill a NULL in silence
CREATE TABLE t(a INT, b INT);
-- rows --
INSERT INTO t VALUES (NULL, 2), (1, 3);
-- to --
CREATE TABLE t(a INT NOT NULL ON CONFLICT REPLACE DEFAULT 7, b INT);
-- wants --
set-not-null t.a 1
error: NOT NULL constraint failed: t.a
