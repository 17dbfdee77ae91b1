CREATE TABLE a (n int);
CREATE TABLE b (bb text) INHERITS (a);
INSERT INTO b VALUES (4, 'b');
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE a (n int, twice int GENERATED ALWAYS AS (n * 2) STORED,
	s serial, feels mood DEFAULT 'ok');
CREATE TABLE b (bb text) INHERITS (a);
ALTER TABLE ONLY b ALTER COLUMN feels SET DEFAULT 'sad';
-- rows
SELECT twice = 8 AND feels = 'ok' FROM b;
