-- every kind of index
CREATE TABLE t(a TEXT, b INT, c INT);
CREATE INDEX i1 ON t(a);
CREATE INDEX i2 ON t(b) WHERE c > 0;
CREATE INDEX i3 ON t(b + c);
-- rows --
INSERT INTO t VALUES ('a', 1, 2);
-- to --
CREATE TABLE t(a TEXT, b INT, c INT);
CREATE INDEX i1 ON t(a COLLATE NOCASE DESC);
CREATE INDEX i2 ON t(b DESC) WHERE c > 1;
CREATE INDEX i3 ON t((b) + c, a);
CREATE UNIQUE INDEX i4 ON t(a, b COLLATE RTRIM, lower(a) COLLATE NOCASE);
-- wants --
add-unique t 0
