-- another key, and children that follow it
CREATE TABLE p(id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE);
CREATE TABLE c(p INT REFERENCES p(id), code TEXT);
-- rows --
INSERT INTO p VALUES (1, 'x'), (2, 'y');
INSERT INTO c VALUES (1, 'x'), (2, 'y');
-- to --
CREATE TABLE p(id INTEGER NOT NULL UNIQUE, code TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE c(p INT, code TEXT REFERENCES p(code));
-- wants --
add-foreign-key c.code 0
set-not-null p.id 0
add-primary-key p.code 0
set-without-rowid p 0
