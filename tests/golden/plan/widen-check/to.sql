CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL CHECK (length(title) <= 200),
  body TEXT
);
