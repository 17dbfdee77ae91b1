-- what one column says alone or the table says of it is the same
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE t(a INT UNIQUE, b INT REFERENCES p ON DELETE CASCADE, c INT CHECK (c > 0), d TEXT);
-- rows --
INSERT INTO p VALUES (1);
INSERT INTO t VALUES (1, 1, 1, 'x');
-- to --
CREATE TABLE p(id INTEGER, PRIMARY KEY (id));
CREATE TABLE t(a INT, b INT, c INT, d TEXT NOT NULL, UNIQUE (a), FOREIGN KEY (b) REFERENCES p(id) ON DELETE CASCADE, CHECK (c > 0));
-- wants --
set-not-null t.d 0
