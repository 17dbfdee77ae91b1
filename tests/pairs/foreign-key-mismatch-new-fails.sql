-- a key that would refer to what is not unique
CREATE TABLE p(id INT PRIMARY KEY);
CREATE TABLE c(x INT REFERENCES p(id), y INT);
-- rows --
INSERT INTO p VALUES (7);
INSERT INTO c VALUES (7, 1);
-- to --
CREATE TABLE p(id INT);
CREATE TABLE c(x INT REFERENCES p(id), y INT);
-- wants --
drop-primary-key p -1
error: a foreign key of table c would refer to what is not unique; everything was rolled back
