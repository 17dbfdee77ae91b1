CREATE TABLE people (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  mail TEXT
);
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  headline TEXT NOT NULL DEFAULT 'x',
  body VARCHAR(20),
  slug TEXT,
  views INTEGER NOT NULL DEFAULT 0,
  author_id INTEGER REFERENCES people (id) ON DELETE CASCADE
);
CREATE INDEX posts_views ON posts (views);
CREATE VIEW heads AS SELECT headline FROM posts;
CREATE TABLE tags (
  id INTEGER PRIMARY KEY,
  post_id INTEGER NOT NULL REFERENCES posts (id)
);
-- was people users
-- was posts.headline title
