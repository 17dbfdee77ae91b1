-- what was ANY in a STRICT table and becomes INTEGER
CREATE TABLE t(id INTEGER PRIMARY KEY, v ANY, w ANY) STRICT;
-- rows --
INSERT INTO t(v, w) VALUES ('007', '007'), ('12', 5);
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY, v INTEGER, w ANY) STRICT;
-- wants --
type-affinity t.v 1
