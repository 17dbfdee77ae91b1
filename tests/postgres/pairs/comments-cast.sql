-- a cast has no name but its types
CREATE TYPE c AS (a int);
CREATE FUNCTION c_to_int(c) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.a';
CREATE CAST (c AS int) WITH FUNCTION c_to_int(c);
COMMENT ON CAST (c AS int) IS 'the first';
-- to
CREATE TYPE c AS (a int);
CREATE FUNCTION c_to_int(c) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.a';
CREATE CAST (c AS int) WITH FUNCTION c_to_int(c);
COMMENT ON CAST (c AS int) IS 'the second';
