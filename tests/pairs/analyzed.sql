-- statistics of a table that is written anew
CREATE TABLE t(a INT, b INT);
CREATE INDEX i ON t(a);
-- rows --
INSERT INTO t VALUES (1, 1), (1, 2), (2, 3);
ANALYZE;
-- to --
CREATE TABLE t(a INT, b INT NOT NULL);
CREATE INDEX i ON t(a);
-- wants --
set-not-null t.b 0
