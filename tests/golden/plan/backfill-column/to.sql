CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT,
  slug TEXT NOT NULL,
  region TEXT NOT NULL DEFAULT 'us'
);
CREATE INDEX posts_title ON posts (title);
-- backfill posts.slug lower(title) || '-' || id
-- backfill posts.region 'eu'
