CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT UNIQUE
);
INSERT INTO posts VALUES (1, 'a'), (2, 'A');
