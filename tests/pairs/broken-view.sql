-- a view of others that cannot run, and a table to write anew
CREATE TABLE t(a INT);
CREATE TABLE u(a INT);
CREATE VIEW other AS SELECT missing FROM nowhere;
-- rows --
INSERT INTO t VALUES (1);
-- to --
CREATE TABLE t(a INT CHECK (a > 0));
CREATE TABLE u(a INT);
CREATE VIEW other AS SELECT missing FROM nowhere;
-- wants --
add-check t 0
