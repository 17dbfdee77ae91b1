-- one row is never equal to another
CREATE TABLE t(a INT);
-- rows --
INSERT INTO t VALUES (1);
-- to --
CREATE TABLE t(a INT, b INT UNIQUE DEFAULT 5);
-- wants --
add-unique t.b 0
