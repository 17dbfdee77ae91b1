-- rows have no value for it
CREATE TABLE t(a INT);
-- rows --
INSERT INTO t VALUES (1), (2);
-- to --
CREATE TABLE t(a INT, b INT NOT NULL);
-- wants --
add-required-column t.b 2
error: Cannot add a NOT NULL column with default value NULL
