CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  headline TEXT NOT NULL CHECK (length(headline) > 0),
  size INTEGER GENERATED ALWAYS AS (length(headline)) VIRTUAL,
  author_id INTEGER REFERENCES users (id),
  CONSTRAINT fits CHECK (headline <> '' AND author_id > 0)
);
CREATE INDEX posts_title ON posts (lower(headline)) WHERE headline <> 'title';
CREATE VIEW titles AS SELECT headline FROM posts;
CREATE TRIGGER posts_trim AFTER INSERT ON posts BEGIN UPDATE posts SET headline = trim(NEW.headline) WHERE id = NEW.id; END;
-- was posts.headline title
