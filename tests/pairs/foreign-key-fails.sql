-- orphans are counted
CREATE TABLE p(a INT, b INT, PRIMARY KEY (a, b));
CREATE TABLE c(x INT, y INT);
-- rows --
INSERT INTO p VALUES (1, 1), (1, 2);
INSERT INTO c VALUES (1, 1), (1, 3), (2, 1), (NULL, 9);
-- to --
CREATE TABLE p(a INT, b INT, PRIMARY KEY (a, b));
CREATE TABLE c(x INT, y INT, FOREIGN KEY (x, y) REFERENCES p(a, b) ON UPDATE SET NULL ON DELETE SET DEFAULT MATCH FULL DEFERRABLE INITIALLY DEFERRED);
-- wants --
add-foreign-key c 2
error: 2 rows of table c would refer to what is not there; everything was rolled back
