-- a body names what was dropped since; the server keeps it, and so do we
CREATE TABLE notes (id int PRIMARY KEY);
-- to
CREATE TABLE notes (id int PRIMARY KEY);
CREATE TABLE gone (id int, t text);
CREATE PROCEDURE cleaned() LANGUAGE sql AS 'DELETE FROM gone';
CREATE PROCEDURE swept() LANGUAGE sql AS 'CALL cleaned()';
CREATE FUNCTION first_gone() RETURNS int LANGUAGE plpgsql AS
$$DECLARE g gone%rowtype; BEGIN RETURN g.id; END$$;
CREATE SCHEMA aside;
CREATE TABLE aside.hidden (id int PRIMARY KEY);
CREATE FUNCTION in_its_path() RETURNS bigint LANGUAGE sql
SET search_path = aside AS 'SELECT count(*) FROM hidden';
DROP TABLE gone;
DROP PROCEDURE cleaned();
