CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  slug TEXT,
  title TEXT NOT NULL,
  body TEXT
);
