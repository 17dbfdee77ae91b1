-- the default refers to a row
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE t(a INT);
-- rows --
INSERT INTO p VALUES (6);
INSERT INTO t VALUES (1), (2);
-- to --
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE t(a INT, b INT DEFAULT 6 REFERENCES p);
-- wants --
add-foreign-key t.b 0
