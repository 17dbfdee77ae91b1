-- functions that call each other, whatever they are called: as a word of SQL is,
-- as each other, as the view that they read
CREATE TABLE notes (id int PRIMARY KEY, t text);
-- to
CREATE TABLE notes (id int PRIMARY KEY, t text);
CREATE FUNCTION zzz(text) RETURNS text LANGUAGE sql AS 'SELECT upper($1)';
CREATE FUNCTION "is"(text) RETURNS bool LANGUAGE sql AS
'SELECT zzz($1) IS NOT NULL';
CREATE FUNCTION aaa(text) RETURNS bool LANGUAGE sql AS
$$SELECT "is"($1) AND $1 IS NOT NULL$$;
CREATE FUNCTION added(text, int, text) RETURNS text LANGUAGE sql AS
'SELECT $1 || $2 || $3';
CREATE FUNCTION added(text, int) RETURNS text LANGUAGE sql AS
$$SELECT added($1, $2, '')$$;
CREATE VIEW found AS SELECT id, t FROM notes;
CREATE FUNCTION found(int) RETURNS SETOF found LANGUAGE sql AS
'SELECT * FROM found WHERE id = $1';
CREATE FUNCTION joined(text, text) RETURNS text LANGUAGE sql AS
'SELECT $1 || $2';
CREATE AGGREGATE joined(text) (SFUNC = joined, STYPE = text, INITCOND = '');
CREATE FUNCTION all_notes() RETURNS text LANGUAGE sql AS
'SELECT joined(t) FROM notes';
SET check_function_bodies = off;
CREATE FUNCTION is_odd(int) RETURNS bool LANGUAGE sql AS
'SELECT CASE WHEN $1 = 0 THEN false ELSE is_even($1 - 1) END';
CREATE FUNCTION is_even(int) RETURNS bool LANGUAGE sql AS
'SELECT CASE WHEN $1 = 0 THEN true ELSE is_odd($1 - 1) END';
-- rows
SELECT is_even(4) AND NOT is_even(3) AND aaa('x');
