CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT,
  CONSTRAINT posts_titled CHECK (title <> '')
);
