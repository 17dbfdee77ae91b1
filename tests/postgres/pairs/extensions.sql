CREATE TABLE t (id int);
-- to
CREATE EXTENSION pg_trgm;
CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE TABLE t (id int, a citext, h hstore);
CREATE INDEX ti ON t USING gin (a gin_trgm_ops);
