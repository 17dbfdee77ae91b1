-- the target is the primary key, whatever it is
CREATE TABLE p(x INT, y INT, v INT, PRIMARY KEY (y, x));
CREATE TABLE c(a INT, b INT, FOREIGN KEY (a, b) REFERENCES p);
CREATE TABLE lost(a INT REFERENCES nowhere);
-- rows --
INSERT INTO p VALUES (1, 2, 3);
INSERT INTO c VALUES (2, 1);
-- to --
CREATE TABLE p(x INT, y INT, v INT NOT NULL, PRIMARY KEY (y, x));
CREATE TABLE c(a INT, b INT NOT NULL, FOREIGN KEY (a, b) REFERENCES p);
CREATE TABLE lost(a INT NOT NULL REFERENCES nowhere);
-- wants --
set-not-null p.v 0
set-not-null c.b 0
set-not-null lost.a 0
