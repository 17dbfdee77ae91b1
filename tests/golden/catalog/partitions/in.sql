-- schemas: public old
CREATE SCHEMA old;
CREATE TABLE logs (id bigint, at date NOT NULL, kind text, PRIMARY KEY (id, at, kind))
  PARTITION BY RANGE (at);
CREATE TABLE logs_2025 PARTITION OF logs
  FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY LIST (kind);
CREATE TABLE old.logs_2024 PARTITION OF logs
  FOR VALUES FROM (MINVALUE) TO ('2025-01-01');
CREATE TABLE logs_2025_b PARTITION OF logs_2025 FOR VALUES IN ('b', 'c')
  PARTITION BY HASH (id);
CREATE TABLE logs_2025_a PARTITION OF logs_2025 FOR VALUES IN ('a');
CREATE TABLE logs_2025_b0 PARTITION OF logs_2025_b
  FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE logs_rest (id bigint NOT NULL, at date NOT NULL, kind text NOT NULL,
  extra integer, CHECK (id > 0));
ALTER TABLE logs_rest DROP COLUMN extra;
ALTER TABLE logs ATTACH PARTITION logs_rest DEFAULT;
CREATE INDEX by_kind ON logs (kind);
CREATE INDEX only_here ON ONLY logs (at);
ALTER TABLE logs ADD CHECK (kind <> '');
CREATE TABLE refers (id bigint, at date, kind text,
  FOREIGN KEY (id, at, kind) REFERENCES logs);
CREATE TABLE by_call (a integer, b text) PARTITION BY RANGE (lower(b), (a + 1),
  b COLLATE "C" text_pattern_ops);
