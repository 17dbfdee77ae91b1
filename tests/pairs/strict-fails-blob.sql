-- what is no BLOB stands in the way of STRICT
CREATE TABLE t(id INTEGER PRIMARY KEY, v BLOB);
-- rows --
INSERT INTO t(v) VALUES ('x'), (1), (1.5), (x'00'), (NULL);
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY, v BLOB) STRICT;
-- wants --
set-strict t 3
error: cannot store TEXT value in BLOB column t.v
