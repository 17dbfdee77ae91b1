CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);
INSERT INTO users VALUES (1, 'ada'), (2, 'bob');
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT,
  slug TEXT UNIQUE,
  old TEXT,
  author_id INTEGER REFERENCES users (id)
);
INSERT INTO posts VALUES (4, 't', 'b', 's', 'o', 1);
CREATE INDEX posts_old ON posts (old);
CREATE VIEW heads AS SELECT title FROM posts;
CREATE TABLE gone (
  id INTEGER PRIMARY KEY
);
