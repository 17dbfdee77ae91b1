-- a view that cannot run forbids RENAME COLUMN
CREATE TABLE t(a INT, b INT UNIQUE);
CREATE TABLE c(x INT REFERENCES t(b));
CREATE VIEW other AS SELECT missing FROM nowhere;
-- rows --
INSERT INTO t VALUES (1, 2);
INSERT INTO c VALUES (2);
-- to --
-- was t.z b
CREATE TABLE t(a INT, z INT UNIQUE);
CREATE TABLE c(x INT REFERENCES t(z));
CREATE VIEW other AS SELECT missing FROM nowhere;
-- wants --
