-- a key by DESC survives a rebuild
CREATE TABLE t(id INTEGER PRIMARY KEY DESC, v TEXT);
CREATE TABLE u(id INTEGER, v TEXT, PRIMARY KEY (id DESC));
CREATE TABLE w(id INT PRIMARY KEY DESC, v TEXT);
-- rows --
INSERT INTO t VALUES (5, 'five'), (7, 'seven');
INSERT INTO u VALUES (5, 'five'), (7, 'seven');
INSERT INTO w VALUES (5, 'five'), (7, 'seven');
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY DESC, v TEXT CHECK (v <> ''));
CREATE TABLE u(id INTEGER, v TEXT CHECK (v <> ''), PRIMARY KEY (id DESC));
CREATE TABLE w(id INT PRIMARY KEY DESC, v TEXT CHECK (v <> ''));
-- wants --
add-check t 0
add-check u 0
add-check w 0
