CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);
INSERT INTO users VALUES (1, 'ada'), (2, 'bob');
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT,
  author_id INTEGER REFERENCES users (id)
);
INSERT INTO posts VALUES (1, 'x', NULL, 1);
