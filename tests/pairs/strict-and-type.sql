-- a type that changes on the way into STRICT
CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT, w TEXT, x VARCHAR(10));
-- rows --
INSERT INTO t(v, w, x) VALUES ('007', '007', 'a'), ('12', 'x', NULL);
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY, v INTEGER, w ANY, x TEXT) STRICT;
-- wants --
type-affinity t.v 1
set-strict t 0
