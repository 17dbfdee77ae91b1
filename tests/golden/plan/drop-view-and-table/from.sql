CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT
);
INSERT INTO posts VALUES (3, 'one', 'first'), (7, 'two', NULL);
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);
INSERT INTO users VALUES (1, 'ada'), (2, 'bob');
CREATE VIEW heads AS SELECT id FROM posts;
