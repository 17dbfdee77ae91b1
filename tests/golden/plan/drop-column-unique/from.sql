CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT,
  slug TEXT UNIQUE
);
INSERT INTO posts VALUES (1, 'x', NULL, 's');
