-- the collation of the parent decides
CREATE TABLE p(name TEXT COLLATE NOCASE PRIMARY KEY);
CREATE TABLE c(x TEXT);
-- rows --
INSERT INTO p VALUES ('Ann');
INSERT INTO c VALUES ('ANN'), ('ann');
-- to --
CREATE TABLE p(name TEXT COLLATE NOCASE PRIMARY KEY);
CREATE TABLE c(x TEXT REFERENCES p(name));
-- wants --
add-foreign-key c.x 0
