-- a new key to a table that is renamed on the way
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE c(x INT);
-- rows --
INSERT INTO p VALUES (3);
INSERT INTO c VALUES (3);
-- to --
-- was q p
CREATE TABLE q(id INTEGER PRIMARY KEY);
CREATE TABLE c(x INT REFERENCES q);
-- wants --
add-foreign-key c.x 0
