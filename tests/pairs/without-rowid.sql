-- the key takes over from the rowid
CREATE TABLE t(k TEXT PRIMARY KEY, v TEXT);
CREATE TABLE u(k TEXT PRIMARY KEY, v TEXT) WITHOUT ROWID;
-- rows --
INSERT INTO t VALUES ('b', 1), ('a', 2);
INSERT INTO u VALUES ('b', 1), ('a', 2);
-- to --
CREATE TABLE t(k TEXT PRIMARY KEY, v TEXT) WITHOUT ROWID;
CREATE TABLE u(k TEXT PRIMARY KEY, v TEXT);
-- wants --
set-without-rowid t 0
