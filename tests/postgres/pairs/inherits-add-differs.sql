CREATE TABLE a (aa text);
CREATE TABLE b (bb text) INHERITS (a);
CREATE TABLE c (cc text) INHERITS (b);
INSERT INTO a VALUES ('a');
INSERT INTO b VALUES ('b', 'b');
INSERT INTO c VALUES ('c', 'c', 'c');
-- to
CREATE TABLE a (aa text, more int NOT NULL DEFAULT 7, plain date,
	CONSTRAINT small CHECK (more < 100));
CREATE TABLE b (bb text) INHERITS (a);
CREATE TABLE c (cc text) INHERITS (b);
ALTER TABLE ONLY c ALTER COLUMN more SET DEFAULT 9;
ALTER TABLE ONLY b ALTER COLUMN aa SET NOT NULL;
ALTER TABLE ONLY c ALTER COLUMN aa SET NOT NULL;
COMMENT ON COLUMN c.plain IS 'a day';
-- rows
SELECT count(*) = 3 FROM a WHERE more = 7;
SELECT array_agg(aa ORDER BY aa) = '{a,b,c}' FROM a;
