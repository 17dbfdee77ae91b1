CREATE TYPE zip AS (n integer);
CREATE TYPE addr AS (street text, z zip);
CREATE TABLE p (id int PRIMARY KEY, a addr);
CREATE FUNCTION f(x addr) RETURNS text LANGUAGE sql AS $$ SELECT (x).street $$;
INSERT INTO p VALUES (1, ROW('a', ROW(5)));
-- to
CREATE TYPE zip AS (n bigint);
CREATE TYPE addr AS (street varchar(10), z zip);
CREATE TABLE p (id int PRIMARY KEY, a addr);
CREATE FUNCTION f(x addr) RETURNS text LANGUAGE sql AS $$ SELECT (x).street $$;
-- rows
SELECT a = ROW('a',ROW(5)::zip)::addr FROM p WHERE id = 1;
