CREATE DOMAIN code AS text CHECK (VALUE <> '') DEFAULT 'x';
CREATE TABLE t (id int, a code, b code[]);
CREATE VIEW v AS SELECT a, b FROM t;
INSERT INTO t VALUES (1, 'q', '{r,s}');
-- to
CREATE DOMAIN code AS text CONSTRAINT long CHECK (length(VALUE) > 0) NOT NULL;
CREATE TABLE t (id int, a code, b code[]);
CREATE VIEW v AS SELECT a, b FROM t;
-- rows
SELECT a = 'q' AND b = '{r,s}' FROM t;
