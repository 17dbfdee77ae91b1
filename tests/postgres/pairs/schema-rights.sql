CREATE TABLE t (id bigint);
-- to
CREATE TABLE t (id bigint);
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO pairs_writer;
