CREATE TABLE a (n int, CONSTRAINT local CHECK (n <> 1) NO INHERIT);
CREATE TABLE b (bb text, CONSTRAINT twice CHECK (n <> 2)) INHERITS (a);
INSERT INTO b VALUES (1, 'b');
-- to
CREATE TABLE a (n int, CONSTRAINT local CHECK (n <> 2) NO INHERIT,
	CONSTRAINT twice CHECK (n <> 2));
CREATE TABLE b (bb text, CONSTRAINT twice CHECK (n <> 2),
	CONSTRAINT own CHECK (n <> 5)) INHERITS (a);
