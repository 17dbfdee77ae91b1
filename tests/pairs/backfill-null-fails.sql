-- an expression that is NULL for some rows
CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT);
-- rows --
INSERT INTO t VALUES (1, 'A'), (2, NULL), (5, NULL);
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, slug TEXT NOT NULL);
-- backfill t.slug lower(a)
-- wants --
backfill-column t.slug 2
error: NOT NULL constraint failed: t.slug
