-- orphans of another key, there before, are nobody's business
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE c(x INT REFERENCES p, y INT);
-- rows --
PRAGMA foreign_keys = OFF;
INSERT INTO c VALUES (7, 1), (8, 2);
-- to --
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE c(x INT REFERENCES p, y INT CHECK (y > 0));
-- wants --
add-check c 0
