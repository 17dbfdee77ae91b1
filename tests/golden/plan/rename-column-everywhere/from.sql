CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);
INSERT INTO users VALUES (1, 'ada'), (2, 'bob');
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL CHECK (length(title) > 0),
  size INTEGER GENERATED ALWAYS AS (length(title)) VIRTUAL,
  author_id INTEGER REFERENCES users (id),
  CONSTRAINT fits CHECK (title <> '' AND author_id > 0)
);
INSERT INTO posts (title, author_id) VALUES ('x', 1);
CREATE INDEX posts_title ON posts (lower(title)) WHERE title <> 'title';
CREATE VIEW titles AS SELECT title FROM posts;
CREATE TRIGGER posts_trim AFTER INSERT ON posts BEGIN UPDATE posts SET title = trim(NEW.title) WHERE id = NEW.id; END;
