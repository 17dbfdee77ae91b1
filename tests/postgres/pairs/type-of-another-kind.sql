-- both ways
-- an enum type's name goes to a domain, and a domain's to a composite type
CREATE TYPE size AS ENUM ('s', 'l');
CREATE TYPE part AS (a int);
CREATE TABLE item (id int PRIMARY KEY, size size NOT NULL DEFAULT 's',
	sizes size[] DEFAULT '{l}', part part, CHECK (size <> 'l' OR id > 0));
CREATE INDEX item_size ON item (size) WHERE size = 's';
CREATE VIEW sized AS SELECT id, size FROM item;
CREATE FUNCTION says(size) RETURNS text LANGUAGE sql AS 'SELECT $1::text';
INSERT INTO item (id, size) VALUES (1, 'l');
-- to
CREATE DOMAIN size AS text CHECK (VALUE IN ('s', 'l'));
CREATE DOMAIN part AS text;
CREATE TABLE item (id int PRIMARY KEY, size size NOT NULL DEFAULT 's',
	sizes size[] DEFAULT '{l}', part part, CHECK (size <> 'l' OR id > 0));
CREATE INDEX item_size ON item (size) WHERE size = 's';
CREATE VIEW sized AS SELECT id, size FROM item;
CREATE FUNCTION says(size) RETURNS text LANGUAGE sql AS 'SELECT $1::text';
INSERT INTO item (id, size) VALUES (1, 'l');
-- rows
SELECT size::text = 'l' AND sizes::text = '{l}' FROM item;
