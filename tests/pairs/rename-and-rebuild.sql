-- names and types change at once, parent and child
CREATE TABLE p(id INTEGER PRIMARY KEY, a TEXT);
CREATE TABLE c(id INTEGER PRIMARY KEY, p INT REFERENCES p(id) ON DELETE CASCADE, b TEXT);
CREATE INDEX i ON c(b);
CREATE VIEW v AS SELECT c.b, p.a FROM c JOIN p ON p.id = c.p;
-- rows --
INSERT INTO p VALUES (3, 'x');
INSERT INTO c VALUES (9, 3, '5');
-- to --
-- was parents p
-- was c.q p
CREATE TABLE parents(id INTEGER PRIMARY KEY, a TEXT NOT NULL);
CREATE TABLE c(id INTEGER PRIMARY KEY, q INT NOT NULL REFERENCES parents(id) ON DELETE CASCADE, b INTEGER);
CREATE INDEX i ON c(b);
CREATE VIEW v AS SELECT c.b, parents.a FROM c JOIN parents ON parents.id = c.q;
-- wants --
type-affinity c.b 0
set-not-null c.q 0
set-not-null parents.a 0
