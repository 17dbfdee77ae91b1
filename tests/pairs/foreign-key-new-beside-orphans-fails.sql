-- a new key is broken, and as many rows break an old one that goes
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE c(a INT REFERENCES p, b INT);
-- rows --
PRAGMA foreign_keys = OFF;
INSERT INTO c VALUES (7, 7), (NULL, NULL);
-- to --
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE c(a INT, b INT REFERENCES p);
-- wants --
add-foreign-key c.b 1
error: 1 row of table c would refer to what is not there; everything was rolled back
