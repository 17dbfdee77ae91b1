-- rows stay different under another collation
CREATE TABLE t(a TEXT UNIQUE);
-- rows --
INSERT INTO t VALUES ('a'), ('b');
-- to --
CREATE TABLE t(a TEXT COLLATE NOCASE UNIQUE);
-- wants --
change-collation t.a 0
