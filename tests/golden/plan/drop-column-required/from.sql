CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT
);
INSERT INTO posts VALUES (3, 'one', 'first'), (7, 'two', NULL);
