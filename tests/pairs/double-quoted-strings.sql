-- strings in double quotes, which SQLite lets pass
CREATE TABLE t(a TEXT CHECK (a IN ("x", "y")), b TEXT DEFAULT "x");
CREATE INDEX i ON t(b) WHERE b <> 'x';
-- rows --
INSERT INTO t(a) VALUES ('x');
-- to --
CREATE TABLE t(a TEXT CHECK (a IN ("x", "y", "z")), b TEXT DEFAULT "x");
CREATE INDEX i ON t(b) WHERE b <> 'x';
-- wants --
add-check t 0
