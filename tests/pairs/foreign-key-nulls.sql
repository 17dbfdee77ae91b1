-- a key that is NULL in part refers to nothing
CREATE TABLE p(a INT, b INT, PRIMARY KEY (a, b));
CREATE TABLE c(x INT, y INT);
-- rows --
INSERT INTO p VALUES (1, 1), (1, 2);
INSERT INTO c VALUES (1, 1), (NULL, 9), (9, NULL), (NULL, NULL);
-- to --
CREATE TABLE p(a INT, b INT, PRIMARY KEY (a, b));
CREATE TABLE c(x INT, y INT, FOREIGN KEY (x, y) REFERENCES p);
-- wants --
add-foreign-key c 0
