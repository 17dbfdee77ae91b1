-- a view that cannot run forbids DROP COLUMN
CREATE TABLE t(a INT, b INT);
CREATE VIEW other AS SELECT missing FROM nowhere;
-- rows --
INSERT INTO t VALUES (1, NULL);
-- to --
CREATE TABLE t(a INT);
CREATE VIEW other AS SELECT missing FROM nowhere;
-- wants --
error: the plan fails on a copy of the schema: error in view other: no such table: main.nowhere
