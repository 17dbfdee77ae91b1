-- collections/app.c:9
CREATE TABLE users (
  id INTEGER PRIMARY KEY
) STRICT;

-- collections/app.c:3
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL UNIQUE CHECK (length(title) <= 100),
  status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'published')),
  author_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  "order" INTEGER DEFAULT (1 + 1),
  created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (title, status),
  CONSTRAINT posts_positive CHECK ("order" >= 0)
);
CREATE INDEX posts_popular ON posts (views DESC, created_at) WHERE status = 'published';

