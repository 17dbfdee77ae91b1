CREATE MATERIALIZED VIEW counted AS SELECT author_id, count(*) AS n FROM posts GROUP BY author_id;
CREATE UNIQUE INDEX counted_key ON counted (author_id);
CREATE STATISTICS posts_both (dependencies) ON title, views FROM posts;
CREATE RULE keep AS ON DELETE TO apart DO INSTEAD NOTHING;
CREATE COLLATION plain (provider = libc, locale = 'C');
