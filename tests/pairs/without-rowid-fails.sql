-- a key may hold NULL only beside a rowid
CREATE TABLE t(k TEXT, l TEXT, PRIMARY KEY (k, l));
-- rows --
INSERT INTO t VALUES ('a', 'b'), (NULL, 'x'), ('y', NULL);
-- to --
CREATE TABLE t(k TEXT, l TEXT, PRIMARY KEY (k, l)) WITHOUT ROWID;
-- wants --
set-without-rowid t 2
error: NOT NULL constraint failed: t.k
