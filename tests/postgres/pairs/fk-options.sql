-- server: 15
CREATE TABLE p (a int, b int, UNIQUE (a, b));
CREATE TABLE c (id int, a int, b int, CONSTRAINT f FOREIGN KEY (a, b) REFERENCES p (a, b));
-- to
CREATE TABLE p (a int, b int, UNIQUE (a, b));
CREATE TABLE c (id int, a int, b int, CONSTRAINT f FOREIGN KEY (a, b) REFERENCES p (a, b) ON DELETE SET NULL (b) ON UPDATE CASCADE NOT VALID);
