-- server: 15
CREATE FUNCTION same(a text, b text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT lower(a) = lower(b)';
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
-- to
CREATE FUNCTION same(a text, b text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT lower(a) = lower(b)';
CREATE OPERATOR === (FUNCTION = same, LEFTARG = text, RIGHTARG = text, COMMUTATOR = ===);
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0', COMBINEFUNC = int4pl, PARALLEL = SAFE);
CREATE TYPE pair AS (a integer, b text);
CREATE FUNCTION text_of(p pair) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT p.b';
CREATE CAST (pair AS text) WITH FUNCTION text_of(pair) AS ASSIGNMENT;
CREATE TABLE t (id bigint PRIMARY KEY, v text);
CREATE PUBLICATION parts FOR TABLE t (id) WHERE (id > 10) WITH (publish = 'insert');
CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER watching ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION watch();
ALTER EVENT TRIGGER watching DISABLE;
CREATE FOREIGN DATA WRAPPER nobody;
CREATE SERVER far FOREIGN DATA WRAPPER nobody OPTIONS (host 'h');
CREATE FOREIGN TABLE away (id bigint NOT NULL, v text) SERVER far OPTIONS (file 'f');
CREATE TEXT SEARCH CONFIGURATION words (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION words ALTER MAPPING FOR word WITH english_stem;
