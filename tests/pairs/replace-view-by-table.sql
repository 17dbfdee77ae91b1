-- a view becomes a table and a table a view
CREATE TABLE t(a INT);
CREATE VIEW v AS SELECT a FROM t;
-- rows --
INSERT INTO t VALUES (1);
-- to --
CREATE TABLE v(a INT);
CREATE VIEW t AS SELECT a FROM v;
-- wants --
drop-table t 1
