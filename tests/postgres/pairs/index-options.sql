CREATE TABLE t(a int, b int);
CREATE INDEX i ON t(a) WITH (fillfactor=70);
-- to
CREATE TABLE t(a int, b int);
CREATE INDEX i ON t(a) WITH (fillfactor=80, deduplicate_items=off);
CREATE INDEX j ON t USING brin (a) WITH (pages_per_range=16, autosummarize=on);
