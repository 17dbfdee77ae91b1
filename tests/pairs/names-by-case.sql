-- names that differ by case alone are the same
CREATE TABLE Posts(Id INTEGER PRIMARY KEY, Title TEXT);
CREATE TABLE c(p INT REFERENCES POSTS(ID));
CREATE INDEX Idx ON posts(TITLE);
-- rows --
INSERT INTO posts VALUES (1, 'x');
INSERT INTO c VALUES (1);
-- to --
CREATE TABLE posts(id INTEGER PRIMARY KEY, title TEXT NOT NULL);
CREATE TABLE c(p INT REFERENCES posts(id));
CREATE INDEX idx ON Posts(title);
-- wants --
set-not-null posts.title 0
