-- a check of several columns; NULL passes
CREATE TABLE t(a INT, b INT);
-- rows --
INSERT INTO t VALUES (1, 2), (NULL, 1), (3, NULL);
-- to --
CREATE TABLE t(a INT, b INT, CHECK (a < b));
-- wants --
add-check t 0
