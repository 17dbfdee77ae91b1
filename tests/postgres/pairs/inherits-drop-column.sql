CREATE TABLE a (aa text, gone int, kept int, CONSTRAINT odd CHECK (kept <> 3));
CREATE TABLE b (bb text) INHERITS (a);
CREATE TABLE c (cc text) INHERITS (b);
INSERT INTO a VALUES ('a', 1, 10);
INSERT INTO b VALUES ('b', 2, 20, 'b');
INSERT INTO c VALUES ('c', 3, 30, 'c', 'c');
-- to
CREATE TABLE a (aa text);
CREATE TABLE b (kept int, bb text, CONSTRAINT odd CHECK (kept <> 3))
	INHERITS (a);
CREATE TABLE c (cc text) INHERITS (b);
-- rows
SELECT array_agg(kept ORDER BY aa) = '{20,30}' FROM b;
SELECT count(*) = 3 FROM a;
