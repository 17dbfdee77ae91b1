CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gin;
CREATE TABLE things (
  id integer PRIMARY KEY, a integer, b text, c jsonb, d text[], e tsvector,
  f varchar(10), g point, h text COLLATE "C", i inet, j timestamptz);
CREATE INDEX plain ON things (a);
CREATE UNIQUE INDEX once ON things (a, b);
CREATE UNIQUE INDEX once_null ON things (b) NULLS NOT DISTINCT;
CREATE INDEX orders ON things (a DESC, b NULLS FIRST, f DESC NULLS LAST);
CREATE INDEX by_hash ON things USING hash (a);
CREATE INDEX by_gin ON things USING gin (c jsonb_path_ops, d, a);
CREATE INDEX by_gin_plain ON things USING gin (c) WITH (fastupdate = off,
  gin_pending_list_limit = 64);
CREATE INDEX by_gist ON things USING gist (g, b gist_trgm_ops (siglen = 32));
CREATE INDEX by_brin ON things USING brin (j) WITH (pages_per_range = 32);
CREATE INDEX by_brin_bloom ON things USING brin
  (a int4_bloom_ops (n_distinct_per_range = 100, false_positive_rate = 0.05));
CREATE INDEX by_spgist ON things USING spgist (g quad_point_ops);
CREATE INDEX by_spgist_kd ON things USING spgist (g kd_point_ops);
CREATE INDEX like_ops ON things (b text_pattern_ops, f varchar_pattern_ops);
CREATE INDEX collated ON things (b COLLATE "C", h, h COLLATE "default");
CREATE INDEX included ON things (a) INCLUDE (b, f);
CREATE INDEX partial ON things (a) WHERE b IS NOT NULL AND a > 0;
CREATE INDEX called ON things (lower(b), id);
CREATE INDEX computed ON things ((a + 1), id, (b || ',' || f) DESC);
CREATE INDEX computed_collated ON things
  (lower(b) COLLATE "C", lower(h), (b || 'x' COLLATE "C"));
CREATE INDEX filled ON things (a) WITH (fillfactor = 70, deduplicate_items =
  off);
CREATE INDEX trigrams ON things USING gin (b gin_trgm_ops);
CREATE UNIQUE INDEX "Odd ""name""" ON things (a) WHERE f = 'it''s';
COMMENT ON INDEX plain IS 'a plain one';
CREATE MATERIALIZED VIEW seen AS SELECT a FROM things;
CREATE INDEX of_view ON seen (a);
