CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT,
  UNIQUE (title)
);
INSERT INTO posts VALUES (1, 'x', 'y');
