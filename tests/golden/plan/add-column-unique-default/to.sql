CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT,
  slug TEXT UNIQUE DEFAULT 'x'
);
-- fails
