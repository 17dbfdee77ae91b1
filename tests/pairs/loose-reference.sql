-- what refers to nothing stays, rows and all, through a rebuild
CREATE TABLE t(a INTEGER PRIMARY KEY, b INT REFERENCES nowhere, c TEXT DEFAULT "x",
	d REFERENCES v(y));
CREATE VIEW v AS SELECT 1 AS y;
-- rows --
INSERT INTO t VALUES (1, 5, 'x', 1), (2, NULL, 'y', 2);
-- to --
CREATE TABLE t(a INTEGER PRIMARY KEY, b INT REFERENCES nowhere, c TEXT NOT NULL DEFAULT 'x',
	d REFERENCES v(y), e INT REFERENCES elsewhere(z));
CREATE VIEW v AS SELECT 1 AS y;
-- wants --
set-not-null t.c 0
