-- server: 15
CREATE TABLE t (id int, a text, b int, c jsonb, d tsvector);
CREATE INDEX i1 ON t (a);
CREATE UNIQUE INDEX i2 ON t (b);
-- to
CREATE TABLE t (id int, a text, b int, c jsonb, d tsvector);
CREATE INDEX i1 ON t (a text_pattern_ops DESC NULLS LAST, b) INCLUDE (id) WHERE b > 3;
CREATE INDEX i3 ON t USING gin (c jsonb_path_ops);
CREATE INDEX i4 ON t USING gin (d) WITH (fastupdate = off);
CREATE INDEX i5 ON t (lower(a) COLLATE "C", (b + 1));
CREATE INDEX i6 ON t USING brin (id) WITH (pages_per_range = 64);
CREATE INDEX i7 ON t USING hash (a);
CREATE UNIQUE INDEX i8 ON t (b) NULLS NOT DISTINCT;
CREATE INDEX i9 ON t (b) WITH (fillfactor = 70);
