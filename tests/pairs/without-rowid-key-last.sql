-- a key that is not the first column, in which 3.40 imagines NULLs
CREATE TABLE t(v TEXT NOT NULL, n INT NOT NULL, k TEXT, PRIMARY KEY (k, n)) WITHOUT ROWID;
-- rows --
INSERT INTO t VALUES ('a', 1, 'x'), ('b', 2, 'y');
-- to --
CREATE TABLE t(v TEXT NOT NULL CHECK (v <> ''), n INT NOT NULL, k TEXT, PRIMARY KEY (k, n)) WITHOUT ROWID;
-- wants --
add-check t 0
