-- an expression that gives two rows one value
CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT);
-- rows --
INSERT INTO t VALUES (1, 'A'), (2, 'a'), (5, 'b');
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, slug TEXT NOT NULL UNIQUE);
-- backfill t.slug lower(a)
-- wants --
backfill-column t.slug 0
add-unique t.slug 2
error: UNIQUE constraint failed: t.slug
