CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, stars INTEGER NOT NULL);
-- backfill posts.stars (SELECT count(*) FROM posts)
