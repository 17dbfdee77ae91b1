CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT,
  CONSTRAINT posts_long CHECK (length(title) > 20)
);
-- fails
