CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title VARCHAR(20) NOT NULL,
  body TEXT
);
INSERT INTO posts VALUES (3, 'one', 'first'), (7, 'two', NULL);
