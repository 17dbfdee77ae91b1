CREATE TABLE t (id bigint, a integer, b text);
CREATE VIEW one AS SELECT id, a FROM t;
CREATE VIEW two AS SELECT id, a + 1 AS a FROM one;
CREATE MATERIALIZED VIEW three AS SELECT * FROM two;
CREATE INDEX three_a ON three (a);
GRANT SELECT ON two TO pairs_reader;
COMMENT ON VIEW two IS 'second';
INSERT INTO t VALUES (1, 2, 'x');
-- to
CREATE TABLE t (id bigint, a bigint, b text);
CREATE VIEW one AS SELECT id, a FROM t;
CREATE VIEW two AS SELECT id, a + 1 AS a FROM one;
CREATE MATERIALIZED VIEW three AS SELECT * FROM two;
CREATE INDEX three_a ON three (a);
GRANT SELECT ON two TO pairs_reader;
COMMENT ON VIEW two IS 'second';
-- rows
SELECT count(*) = 1 FROM t WHERE a = 2;
