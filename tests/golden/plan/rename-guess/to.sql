CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body_text TEXT,
  summary TEXT,
  views INTEGER
);
