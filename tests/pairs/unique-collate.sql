-- equal without case: by the collation of the column that it is to have
CREATE TABLE t(a TEXT COLLATE NOCASE);
-- rows --
INSERT INTO t VALUES ('a'), ('A'), ('b');
-- to --
CREATE TABLE t(a TEXT COLLATE NOCASE UNIQUE);
-- wants --
add-unique t.a 2
error: UNIQUE constraint failed: t.a
