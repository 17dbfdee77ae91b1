CREATE FUNCTION price(amount int) RETURNS int LANGUAGE sql IMMUTABLE
	AS 'SELECT amount * 2';
CREATE FUNCTION rate() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 3';
CREATE TABLE items (
	id int,
	cost int DEFAULT price(1),
	shown int GENERATED ALWAYS AS (price(id)) STORED,
	fee int DEFAULT rate(),
	CHECK (price(cost) > 0)
);
CREATE INDEX items_price ON items (price(cost)) WHERE rate() > 1;
CREATE VIEW prices AS SELECT price(cost) FROM items;
CREATE MATERIALIZED VIEW kept AS SELECT price(cost) FROM items;
INSERT INTO items (id) VALUES (1);
-- to
CREATE FUNCTION price(cents int) RETURNS bigint LANGUAGE sql IMMUTABLE
	AS 'SELECT cents::bigint * 2';
CREATE FUNCTION rate(since int DEFAULT 1) RETURNS int LANGUAGE sql IMMUTABLE
	AS 'SELECT 3';
CREATE TABLE counts (n int);
CREATE FUNCTION most() RETURNS int LANGUAGE sql
	AS 'SELECT max(n) FROM counts';
ALTER TABLE counts ADD COLUMN before int DEFAULT most();
CREATE TABLE items (
	id int,
	cost int DEFAULT price(1),
	shown int GENERATED ALWAYS AS (price(id)) STORED,
	fee int DEFAULT rate(2),
	CHECK (price(cost) > 0)
);
CREATE INDEX items_price ON items (price(cost)) WHERE rate() > 1;
CREATE VIEW prices AS SELECT price(cost) FROM items;
CREATE MATERIALIZED VIEW kept AS SELECT price(cost) FROM items;
-- rows
SELECT id = 1 AND cost = 2 AND shown = 2 AND fee = 3 FROM items;
