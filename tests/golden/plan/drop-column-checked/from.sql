CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT,
  views INTEGER CHECK (views >= 0)
);
INSERT INTO posts VALUES (1, 'x', NULL, 5);
