-- a key that refers to what is not unique, there before, is nobody's business
CREATE TABLE p(id INT);
CREATE TABLE c(x INT REFERENCES p(id), y INT);
-- rows --
PRAGMA foreign_keys = OFF;
INSERT INTO c VALUES (7, 1), (8, 2);
-- to --
CREATE TABLE p(id INT);
CREATE TABLE c(x INT REFERENCES p(id), y INT CHECK (y > 0));
-- wants --
add-check c 0
