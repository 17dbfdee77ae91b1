-- a column goes with what only it says, at its place or below
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE t(a INT UNIQUE, b INT, c INT, d TEXT, e INT, UNIQUE (b), FOREIGN KEY (c) REFERENCES p(id), CHECK (e > 0));
-- rows --
INSERT INTO t(d) VALUES ('x');
-- to --
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE t(d TEXT);
-- wants --
drop-column t.a 0
drop-column t.b 0
drop-column t.c 0
drop-column t.e 0
