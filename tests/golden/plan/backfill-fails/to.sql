CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, slug TEXT NOT NULL);
-- backfill posts.slug lower(title)
-- fails
