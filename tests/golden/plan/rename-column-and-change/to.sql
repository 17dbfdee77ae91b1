CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  headline TEXT NOT NULL DEFAULT 'none',
  body TEXT
);
-- was posts.headline title
