-- a plain column that is computed loses what it held
CREATE TABLE t(a INT, b INT);
-- rows --
INSERT INTO t(a, b) VALUES (1, 2), (3, 9), (4, NULL);
-- to --
CREATE TABLE t(a INT, b INT AS (a + 1));
-- wants --
overwrite-column t.b 1
