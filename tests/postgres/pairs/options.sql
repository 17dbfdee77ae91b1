CREATE TABLE items (id int);
-- to
CREATE TYPE mood AS ENUM ('calm', 'it''s');
CREATE TABLE items (
	id int CHECK (id >= 1 AND id <= 10) DEFAULT 11,
	name varchar(9) CHECK (length(name) >= 2) DEFAULT 'x',
	empty text DEFAULT '',
	quoted text DEFAULT 'it''s \ "so"' CHECK (quoted ~ '^\w+''$'),
	"Odd Name" text CHECK ("Odd Name" = lower("Odd Name")),
	mail varchar CHECK (mail = lower(mail) AND mail ~ '@' AND mail <> 'a'),
	price numeric(8,2) CHECK (price >= 0 AND price <= 9.75),
	least numeric CHECK (least >= -5),
	rate double precision CHECK (rate >= 0 AND rate <= 0.5),
	big bigint CHECK (big <= 5000000000),
	low smallint CHECK (low >= -3),
	data bytea CHECK (octet_length(data) <= 16),
	tags text[] DEFAULT '{}' CHECK (length(tags[1]) >= 1),
	mood mood DEFAULT 'it''s',
	moods mood[] DEFAULT '{calm}',
	other text CHECK (length(other) >= 0),
	backwards text CHECK (backwards ~ 'a' AND length(backwards) >= 1),
	two int CHECK (two >= 1 OR two <= 0),
	called text CONSTRAINT by_name CHECK (length(called) >= 1)
);
