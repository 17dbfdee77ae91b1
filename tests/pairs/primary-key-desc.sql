-- DESC inside the column is not the rowid, and below it is
CREATE TABLE t(id INTEGER PRIMARY KEY DESC, v TEXT);
-- rows --
INSERT INTO t VALUES (5, 'five'), (7, 'seven');
-- to --
CREATE TABLE t(id INTEGER, v TEXT, PRIMARY KEY (id DESC));
-- wants --
add-primary-key t.id 0
