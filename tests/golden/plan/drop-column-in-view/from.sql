CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT
);
INSERT INTO posts VALUES (3, 'one', 'first'), (7, 'two', NULL);
CREATE VIEW bodies AS SELECT id, body FROM posts;
CREATE VIEW long AS SELECT * FROM bodies;
