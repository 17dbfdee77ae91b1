-- an expression that names what is not there
CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT);
-- rows --
INSERT INTO t VALUES (1, 'A');
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, slug TEXT NOT NULL);
-- backfill t.slug lower(b)
-- wants --
error: the plan fails on a copy of the schema: no such column: b
