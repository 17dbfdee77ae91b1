-- the default refers to nothing
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE t(a INT);
-- rows --
INSERT INTO t VALUES (1), (2);
-- to --
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE t(a INT, b INT DEFAULT 6 REFERENCES p);
-- wants --
add-foreign-key t.b 2
error: 2 rows of table t would refer to what is not there; everything was rolled back
