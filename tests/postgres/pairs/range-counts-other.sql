-- both ways
-- a range type that columns have comes to count something else
CREATE TYPE span AS RANGE (subtype = int);
CREATE TABLE hall (id int PRIMARY KEY, used span DEFAULT '[1,2)', all_used span[],
	CHECK (NOT isempty(used)), EXCLUDE USING gist (used WITH &&));
CREATE VIEW busy AS SELECT id, lower(used) AS since FROM hall;
CREATE FUNCTION long(span) RETURNS boolean LANGUAGE sql AS 'SELECT upper($1) > 9';
INSERT INTO hall VALUES (1, '[3,5)', '{"[6,7)"}'), (2, NULL, NULL);
-- to
CREATE TYPE span AS RANGE (subtype = bigint);
CREATE TABLE hall (id int PRIMARY KEY, used span DEFAULT '[1,2)', all_used span[],
	CHECK (NOT isempty(used)), EXCLUDE USING gist (used WITH &&));
CREATE VIEW busy AS SELECT id, lower(used) AS since FROM hall;
CREATE FUNCTION long(span) RETURNS boolean LANGUAGE sql AS 'SELECT upper($1) > 9';
INSERT INTO hall VALUES (1, '[3,5)', '{"[6,7)"}'), (2, NULL, NULL);
-- rows
SELECT count(*) = 2 FROM hall;
SELECT used::text = '[3,5)' AND all_used::text = '{"[6,7)"}' FROM hall WHERE id = 1;
