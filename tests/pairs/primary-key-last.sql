-- keys that change their order alone change nothing
CREATE TABLE t(a INT, b INT, UNIQUE (a, b), PRIMARY KEY (b), CHECK ((a > 0)));
-- rows --
INSERT INTO t VALUES (1, 1), (2, 2);
-- to --
CREATE TABLE t(a INT, b INT, PRIMARY KEY (b), UNIQUE (a, b), CHECK (a > 0));
-- wants --
