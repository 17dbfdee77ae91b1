CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, stars INTEGER);
INSERT INTO posts VALUES (3, 'One', 5), (7, 'Two', NULL);
