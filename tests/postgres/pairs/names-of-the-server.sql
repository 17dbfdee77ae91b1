-- names that begin with pg_ are the server's among schemas only; an aggregate of
-- everything has no arguments, and a comment
CREATE TABLE snapshots (id int PRIMARY KEY);
-- to
CREATE TABLE snapshots (id int PRIMARY KEY, pg_snapshot pg_snapshot);
CREATE TABLE pg_locks_seen (id int PRIMARY KEY, pg_pid int);
CREATE INDEX pg_locks_by_pid ON pg_locks_seen (pg_pid);
CREATE AGGREGATE counted(*) (SFUNC = int8inc, STYPE = int8, INITCOND = '0');
COMMENT ON AGGREGATE counted(*) IS 'of everything';
