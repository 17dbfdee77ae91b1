-- what is no INTEGER stands in the way of STRICT
CREATE TABLE t(id INTEGER PRIMARY KEY, v INTEGER);
-- rows --
INSERT INTO t(v) VALUES ('x'), (1.5), (x'00'), (1), (2.0), (1e300), ('12abc'), (' 7 '), (9e18);
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY, v INTEGER) STRICT;
-- wants --
set-strict t 5
error: cannot store TEXT value in INTEGER column t.v
