CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT
);
CREATE INDEX posts_title ON posts (title COLLATE NOCASE DESC, body) WHERE body IS NOT NULL;
CREATE INDEX posts_low ON posts (lower(title), title || body);
