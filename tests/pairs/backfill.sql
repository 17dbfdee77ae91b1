-- columns that fill themselves from the old rows
CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b TEXT, n INTEGER);
CREATE TABLE u(id INTEGER PRIMARY KEY, name TEXT);
CREATE TRIGGER seen AFTER UPDATE ON t BEGIN SELECT RAISE(ABORT, 'no'); END;
-- rows --
INSERT INTO u VALUES (1, 'one'), (2, 'two');
INSERT INTO t VALUES (1, 'A', 'x', NULL), (2, NULL, 'y', 7), (5, 'C', 'z', NULL);
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, label TEXT, n INTEGER NOT NULL, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL CHECK (length(name) > 1), kind TEXT NOT NULL, token TEXT NOT NULL);
CREATE TABLE u(id INTEGER PRIMARY KEY, name TEXT);
CREATE TRIGGER seen AFTER UPDATE ON t BEGIN SELECT RAISE(ABORT, 'no'); END;
-- was t.label b
-- backfill t.n id * 10
-- backfill t.slug lower(coalesce(a, 'none')) || '-' || label
-- backfill t.name coalesce((SELECT u.name FROM u WHERE u.id = t.id), (SELECT max(u.name) FROM u))
-- backfill t.kind 'plain'
-- backfill t.token lower(hex(randomblob(4)))
-- wants --
backfill-column t.slug 0
add-unique t.slug 0
backfill-column t.name 0
add-check t 0
backfill-column t.token 0
set-not-null t.n 0
