CREATE TABLE a (id int PRIMARY KEY, x int NOT NULL, y int, z text, CONSTRAINT pos CHECK (x > 0), UNIQUE (x, y));
CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a ON DELETE CASCADE, CONSTRAINT f2 FOREIGN KEY (a_id) REFERENCES a (id) MATCH FULL NOT VALID);
-- to
CREATE TABLE a (id int PRIMARY KEY, x int, y int, z text);
CREATE TABLE b (id int PRIMARY KEY, a_id int);
