-- a function that stands comes to name what is not there, and one that did not
CREATE TABLE jobs (id int PRIMARY KEY);
CREATE FUNCTION add_job() RETURNS int LANGUAGE plpgsql AS 'DECLARE j jobs; BEGIN RETURN 1; END';
-- to
CREATE TABLE tasks (id int PRIMARY KEY);
SET check_function_bodies = off;
CREATE FUNCTION add_job() RETURNS int LANGUAGE plpgsql AS 'DECLARE j jobs; BEGIN RETURN 2; END';
