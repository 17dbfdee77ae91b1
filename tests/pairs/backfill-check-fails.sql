-- an expression that the column's own check refuses
CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT);
-- rows --
INSERT INTO t VALUES (1, 'long enough'), (2, 'no'), (5, 'x');
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, slug TEXT NOT NULL CHECK (length(slug) > 3) UNIQUE);
-- backfill t.slug a
-- wants --
backfill-column t.slug 0
add-check t 2
add-unique t.slug 0
error: CHECK constraint failed: length(slug) > 3
