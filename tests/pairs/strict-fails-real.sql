-- what is no REAL stands in the way of STRICT
CREATE TABLE t(id INTEGER PRIMARY KEY, v REAL);
-- rows --
INSERT INTO t(v) VALUES ('x'), (x'00'), (1), (9007199254740993), ('1e5');
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY, v REAL) STRICT;
-- wants --
set-strict t 2
error: cannot store TEXT value in REAL column t.v
