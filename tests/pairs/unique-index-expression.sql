-- equal by an expression
CREATE TABLE t(a TEXT);
-- rows --
INSERT INTO t VALUES ('a'), ('A'), ('b');
-- to --
CREATE TABLE t(a TEXT);
CREATE UNIQUE INDEX i ON t(lower(a), length(a));
-- wants --
add-unique t 2
error: UNIQUE constraint failed: index 'i'
