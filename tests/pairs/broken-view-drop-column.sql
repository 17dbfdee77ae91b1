-- a view that cannot run forbids DROP COLUMN
CREATE TABLE t(a INT, b INT);
CREATE VIEW other AS SELECT missing FROM nowhere;
-- rows --
INSERT INTO t VALUES (1, NULL);
-- to --
CREATE TABLE t(a INT);
CREATE VIEW other AS SELECT missing FROM nowhere;
-- wants --
drop-column t.b 0
