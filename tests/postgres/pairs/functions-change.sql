-- server: 14
CREATE TABLE t (id bigint, v text);
CREATE FUNCTION keeps(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION renames(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION returns(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION goes() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION over(a integer) RETURNS text LANGUAGE sql AS 'SELECT ''i''';
CREATE VIEW stands AS SELECT returns(1) AS one;
-- to
CREATE TABLE t (id bigint, v text);
CREATE FUNCTION keeps(a integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5 SET search_path = public, pg_temp AS 'SELECT a + 1';
CREATE FUNCTION renames(b integer) RETURNS integer LANGUAGE sql AS 'SELECT b';
CREATE FUNCTION returns(a integer) RETURNS bigint LANGUAGE sql AS 'SELECT a::bigint';
CREATE FUNCTION over(a integer) RETURNS text LANGUAGE sql AS 'SELECT ''i''';
CREATE FUNCTION over(a text, VARIADIC b text[] DEFAULT '{}') RETURNS text LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION many(OUT x integer, OUT y text) RETURNS SETOF record LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  -- a "comment" with 'quotes'
  RETURN QUERY SELECT 1, 'a'::text;
END
$$;
CREATE FUNCTION tab(n integer DEFAULT 1) RETURNS TABLE (id bigint, v text) LANGUAGE sql STABLE ROWS 10 BEGIN ATOMIC SELECT t.id, t.v FROM t LIMIT n; END;
CREATE PROCEDURE cleans(INOUT n integer) LANGUAGE plpgsql AS $body$ BEGIN DELETE FROM t; COMMIT; END $body$;
CREATE VIEW stands AS SELECT returns(1) AS one;
