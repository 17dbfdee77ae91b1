CREATE TABLE a (id int PRIMARY KEY, x int NOT NULL, y int NOT NULL);
-- to
CREATE TABLE a (id int, x int NOT NULL, y int NOT NULL, CONSTRAINT the_key PRIMARY KEY (x, y));
