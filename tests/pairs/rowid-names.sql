-- columns that are called like the rowid
CREATE TABLE t(rowid TEXT, v TEXT);
CREATE TABLE u(rowid TEXT, oid TEXT, v TEXT);
CREATE TABLE w(oid TEXT, v TEXT);
-- rows --
INSERT INTO t(_rowid_, rowid, v) VALUES (10, 'a', 'b'), (20, 'c', 'd');
INSERT INTO u(_rowid_, rowid, v) VALUES (10, 'a', 'b');
INSERT INTO w(rowid, oid, v) VALUES (10, 'a', 'b');
-- to --
CREATE TABLE t(rowid TEXT, v TEXT NOT NULL);
CREATE TABLE u(rowid TEXT, oid TEXT, v TEXT NOT NULL);
CREATE TABLE w(oid TEXT, v TEXT NOT NULL);
-- wants --
set-not-null t.v 0
set-not-null u.v 0
set-not-null w.v 0
