-- a new type, and a value for what has none in it
CREATE TABLE t(id INTEGER PRIMARY KEY, price TEXT CHECK (price <> ''));
-- rows --
INSERT INTO t VALUES (1, '12'), (2, NULL), (5, '3');
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY, price INTEGER NOT NULL CHECK (price >= 0));
-- using t.price CAST(price AS INTEGER)
-- backfill t.price 0
-- wants --
type-using t.price 0
add-check t 0
