CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT,
  size INTEGER GENERATED ALWAYS AS (length(body)) VIRTUAL
);
INSERT INTO posts VALUES (1, 'x', 'y');
