-- a table goes that others referenced
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE c(x INT, p INT REFERENCES p ON DELETE CASCADE);
-- rows --
INSERT INTO p VALUES (1);
INSERT INTO c VALUES (5, 1);
-- to --
CREATE TABLE c(x INT, p INT);
-- wants --
drop-table p 1
