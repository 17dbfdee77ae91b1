CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  caption TEXT NOT NULL,
  body TEXT
);
-- was posts.caption title
-- was posts.caption headline
