CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL CHECK (length(title) <= 20),
  body TEXT
);
