-- What is given with the option and what without it change places; a procedure
-- takes a function's place.
CREATE TABLE t (id int);
GRANT SELECT ON t TO pairs_reader;
GRANT INSERT ON t TO pairs_reader WITH GRANT OPTION;
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- to
CREATE TABLE t (id int);
GRANT SELECT ON t TO pairs_reader WITH GRANT OPTION;
GRANT INSERT ON t TO pairs_reader;
CREATE PROCEDURE f(a int) LANGUAGE sql AS 'SELECT 1';
