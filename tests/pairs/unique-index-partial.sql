-- only rows of the index count
CREATE TABLE t(a TEXT, gone INT);
-- rows --
INSERT INTO t VALUES ('a', 1), ('a', 1), ('a', 0), ('b', 0);
-- to --
CREATE TABLE t(a TEXT, gone INT);
CREATE UNIQUE INDEX i ON t(a) WHERE NOT gone;
-- wants --
add-unique t 0
