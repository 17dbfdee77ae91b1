-- whole numbers become integers, as a numeric column makes them
CREATE TABLE t(id REAL, v TEXT);
CREATE TABLE s(id REAL, v TEXT);
-- rows --
INSERT INTO t VALUES (1, 'a'), (2, 'b');
INSERT INTO s VALUES (1, 'a'), (2, 'b');
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT);
CREATE TABLE s(id INT, v TEXT) STRICT;
-- wants --
add-primary-key t.id 0
set-strict s 0
