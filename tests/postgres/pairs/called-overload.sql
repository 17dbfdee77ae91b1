-- both ways
-- a call reads the same and is of another function of the name, which takes the
-- argument as it is; the other one stays
CREATE FUNCTION rate(bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION rate(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TABLE bill (a int DEFAULT rate(1), b text DEFAULT rate('x'),
	CHECK (rate(a) > 0));
CREATE INDEX bill_rate ON bill (rate(a));
INSERT INTO bill (b) VALUES ('y');
-- to
CREATE FUNCTION rate(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION rate(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TABLE bill (a int DEFAULT rate(1), b text DEFAULT rate('x'),
	CHECK (rate(a) > 0));
CREATE INDEX bill_rate ON bill (rate(a));
INSERT INTO bill (b) VALUES ('y');
-- rows
SELECT a = 1 AND b = 'y' FROM bill;
