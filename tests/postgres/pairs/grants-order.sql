CREATE TABLE t(a int, b text);
CREATE TABLE u(a int);
GRANT SELECT (b), UPDATE (b, a) ON t TO pairs_reader;
GRANT SELECT (a) ON t TO pairs_writer WITH GRANT OPTION;
-- to
CREATE TABLE t(a int, b text);
CREATE TABLE u(a int);
GRANT SELECT (a), UPDATE (b) ON t TO pairs_writer;
GRANT SELECT ON u TO pairs_writer;
GRANT SELECT ON u TO pairs_reader;
GRANT INSERT ON u TO PUBLIC;
GRANT UPDATE ON u TO pairs_writer WITH GRANT OPTION;
