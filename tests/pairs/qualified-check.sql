-- a check that names its table
CREATE TABLE t(a INT, b INT, CHECK (t.a <> 0), CHECK ("T".b > 0));
-- rows --
INSERT INTO t VALUES (1, 1);
-- to --
CREATE TABLE t(a INT NOT NULL, b INT, CHECK (t.a <> 0), CHECK ("T".b > 0));
-- wants --
set-not-null t.a 0
