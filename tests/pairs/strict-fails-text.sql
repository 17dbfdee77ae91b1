-- what is no TEXT stands in the way of STRICT
CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT);
-- rows --
INSERT INTO t(v) VALUES (x'00'), ('a'), (1);
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT) STRICT;
-- wants --
set-strict t 1
error: cannot store BLOB value in TEXT column t.v
