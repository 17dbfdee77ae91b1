CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT
);
CREATE INDEX posts_title ON posts (title);
INSERT INTO posts VALUES (3, 'One', 'first'), (7, 'Two', NULL);
