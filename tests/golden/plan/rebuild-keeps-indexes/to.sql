CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL DEFAULT '',
  body TEXT
);
CREATE INDEX posts_title ON posts (title);
CREATE UNIQUE INDEX posts_body ON posts (lower(body)) WHERE body IS NOT NULL;
