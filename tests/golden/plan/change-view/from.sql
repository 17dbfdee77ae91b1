CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT
);
INSERT INTO posts VALUES (3, 'one', 'first'), (7, 'two', NULL);
CREATE VIEW heads AS SELECT id FROM posts;
CREATE TRIGGER heads_in INSTEAD OF INSERT ON heads BEGIN INSERT INTO posts (title) VALUES ('x'); END;
