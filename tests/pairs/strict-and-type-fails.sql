-- a text that is no number on the way into a STRICT INTEGER
CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT);
-- rows --
INSERT INTO t(v) VALUES ('007'), ('x'), ('1.5');
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY, v INTEGER) STRICT;
-- wants --
type-affinity t.v 1
set-strict t 2
error: cannot store TEXT value in INTEGER column t.v
