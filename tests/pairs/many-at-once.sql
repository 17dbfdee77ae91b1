-- one rebuild for many changes of a table
CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b INT, c REAL, d TEXT DEFAULT 'x', e TEXT);
CREATE INDEX i ON t(a, b);
-- rows --
INSERT INTO t(a, b, c, e) VALUES ('1', 2, 3.5, 'q'), ('2', 3, 4, 'r');
-- to --
-- was t.f e
CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a INTEGER NOT NULL, b TEXT, c REAL CHECK (c > 1), d TEXT DEFAULT 'y', f TEXT UNIQUE COLLATE NOCASE, g INT AS (a + 1) STORED);
CREATE UNIQUE INDEX i ON t(b);
-- wants --
type-affinity t.a 0
type-affinity t.b 0
change-collation t.f 0
set-not-null t.a 0
add-check t 0
add-unique t.f 0
add-unique t 0
