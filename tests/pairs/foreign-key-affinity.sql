-- the affinity of the parent decides
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE c(x TEXT);
-- rows --
INSERT INTO p VALUES (1);
INSERT INTO c VALUES ('1'), ('01');
-- to --
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE c(x TEXT REFERENCES p(id));
-- wants --
add-foreign-key c.x 0
