-- both ways
-- a function comes beside one of its name, and calls that read the same are its
CREATE FUNCTION rate(bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TABLE bill (a int DEFAULT rate(1), b bigint DEFAULT rate(2::bigint),
	CHECK (rate(a) > 0));
INSERT INTO bill DEFAULT VALUES;
-- to
CREATE FUNCTION rate(bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION rate(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TABLE bill (a int DEFAULT rate(1), b bigint DEFAULT rate(2::bigint),
	CHECK (rate(a) > 0));
INSERT INTO bill DEFAULT VALUES;
-- rows
SELECT a = 1 AND b = 2 FROM bill;
