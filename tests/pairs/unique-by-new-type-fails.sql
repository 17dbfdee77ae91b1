-- texts that are one number
CREATE TABLE t(a TEXT, UNIQUE (a));
-- rows --
INSERT INTO t VALUES ('1'), ('01');
-- to --
CREATE TABLE t(a INTEGER, UNIQUE (a));
-- wants --
type-affinity t.a 1
error: UNIQUE constraint failed: t.a
