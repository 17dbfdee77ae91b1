-- ANY means NUMERIC outside of STRICT, which rewrites text
CREATE TABLE t(id INTEGER PRIMARY KEY, v ANY) STRICT;
-- rows --
INSERT INTO t(v) VALUES ('007'), ('x'), (1), ('12');
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY, v ANY);
-- wants --
type-affinity t.v 1
