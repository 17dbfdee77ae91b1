-- the rowid becomes a key beside it
CREATE TABLE t(id INTEGER, v TEXT, PRIMARY KEY (id DESC));
-- rows --
INSERT INTO t VALUES (5, 'five'), (7, 'seven');
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY DESC, v TEXT);
-- wants --
add-primary-key t.id 0
