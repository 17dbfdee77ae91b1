-- a generated column keeps its values
CREATE TABLE t(a INT, b INT AS (a + 1));
-- rows --
INSERT INTO t(a) VALUES (1), (3);
-- to --
CREATE TABLE t(a INT, b INT);
-- wants --
