CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  body TEXT NOT NULL,
  text TEXT
);
-- was posts.body title
-- was posts.text body
