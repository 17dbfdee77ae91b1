CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT,
  low INTEGER DEFAULT 1,
  high INTEGER DEFAULT 2,
  CONSTRAINT posts_order CHECK (low <= high)
);
