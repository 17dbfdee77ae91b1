-- generated columns of both kinds, in a rebuild and without
CREATE TABLE t(a INT, b INT AS (a + 1), c INT AS (a * 2) STORED, d INT);
-- rows --
INSERT INTO t(a, d) VALUES (1, 2), (3, 4);
-- to --
CREATE TABLE t(a INT, b INT AS (a + 1), c INT AS (a * 2) STORED, d INT NOT NULL, e INT AS (b + c), f AS (a || d) STORED);
-- wants --
set-not-null t.d 0
