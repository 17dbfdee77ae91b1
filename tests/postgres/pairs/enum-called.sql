-- An enum type loses a value while a function of it is called by a computed
-- column, a check, an index, a default, and where no column is of the type.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad');
CREATE FUNCTION weight(m mood) RETURNS int IMMUTABLE LANGUAGE sql
	AS 'SELECT length(m::text)';
CREATE FUNCTION usual() RETURNS mood IMMUTABLE LANGUAGE sql
	AS 'SELECT ''ok''::mood';
CREATE TABLE t (
	id int PRIMARY KEY,
	m mood DEFAULT usual(),
	n int DEFAULT weight('ok'),
	w int GENERATED ALWAYS AS (weight(m)) STORED,
	CONSTRAINT heavy CHECK (weight(m) > 1)
);
CREATE INDEX t_weight ON t (weight(m));
CREATE VIEW weights AS SELECT w FROM t;
CREATE TABLE words (
	word text DEFAULT 'ok'::mood::text,
	CONSTRAINT light CHECK (weight(word::mood) < 9),
	CONSTRAINT known CHECK (word::mood IS NOT NULL)
);
INSERT INTO t VALUES (1, 'sad'), (2, 'ok');
INSERT INTO words VALUES ('ok');
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE FUNCTION weight(m mood) RETURNS int IMMUTABLE LANGUAGE sql
	AS 'SELECT length(m::text)';
CREATE FUNCTION usual() RETURNS mood IMMUTABLE LANGUAGE sql
	AS 'SELECT ''ok''::mood';
CREATE TABLE t (
	id int PRIMARY KEY,
	m mood DEFAULT usual(),
	n int DEFAULT weight('ok'),
	w int GENERATED ALWAYS AS (weight(m)) STORED,
	CONSTRAINT heavy CHECK (weight(m) > 1)
);
CREATE INDEX t_weight ON t (weight(m));
CREATE VIEW weights AS SELECT w FROM t;
CREATE TABLE words (
	word text DEFAULT 'ok'::mood::text,
	CONSTRAINT light CHECK (weight(word::mood) < 9),
	CONSTRAINT known CHECK (word::mood IS NOT NULL)
);
-- rows
SELECT count(*) = 2 AND sum(w) = 5 AND sum(n) = 4 FROM t;
SELECT count(*) = 2 FROM weights;
SELECT word = 'ok' FROM words;
