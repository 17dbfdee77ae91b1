CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  headline TEXT NOT NULL,
  body TEXT
);
-- was posts.headline title
