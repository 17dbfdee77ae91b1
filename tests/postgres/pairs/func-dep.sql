CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE FUNCTION norm(x text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(x)';
CREATE INDEX ti ON t (norm(a));
-- to
CREATE FUNCTION norm(x text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT upper(x)';
CREATE FUNCTION norm2(x text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(x)';
CREATE TABLE t (id int PRIMARY KEY, a text DEFAULT norm2('A'), CONSTRAINT nn CHECK (norm2(a) <> ''));
CREATE INDEX ti ON t (norm(a));
