-- a view that cannot run forbids RENAME TO
CREATE TABLE t(a INT, b INT);
CREATE TABLE c(x INT REFERENCES t(a));
CREATE VIEW other AS SELECT missing FROM nowhere;
-- rows --
INSERT INTO t VALUES (1, 2);
-- to --
-- was z t
CREATE TABLE z(a INT, b INT);
CREATE TABLE c(x INT REFERENCES z(a));
CREATE VIEW other AS SELECT missing FROM nowhere;
-- wants --
