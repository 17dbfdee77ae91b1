CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL DEFAULT 'it''s',
  body TEXT DEFAULT (lower('X'))
);
