-- what a table that goes called its key, one that comes calls its own
CREATE TABLE sticky (id int CONSTRAINT sticky_pkey PRIMARY KEY,
	slug text CONSTRAINT slug_key UNIQUE, during int4range,
	CONSTRAINT apart EXCLUDE USING gist (during WITH &&));
CREATE TABLE stays (id int PRIMARY KEY, a int CONSTRAINT handed_over UNIQUE,
	b int);
CREATE TABLE takes (id int PRIMARY KEY, c int);
-- to
CREATE TABLE featured (id int CONSTRAINT sticky_pkey PRIMARY KEY,
	slug text CONSTRAINT slug_key UNIQUE, during int4range,
	CONSTRAINT apart EXCLUDE USING gist (during WITH &&));
CREATE TABLE stays (id int PRIMARY KEY, a int, b int);
CREATE TABLE takes (id int PRIMARY KEY, c int CONSTRAINT handed_over UNIQUE);
