-- the default passes the check
CREATE TABLE t(a INT);
-- rows --
INSERT INTO t VALUES (1), (2);
-- to --
CREATE TABLE t(a INT, b INT DEFAULT 6 CHECK (b > 5));
-- wants --
