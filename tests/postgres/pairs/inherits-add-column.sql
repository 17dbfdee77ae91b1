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
ALTER TABLE ONLY c ALTER COLUMN plain SET NOT NULL;
COMMENT ON COLUMN c.plain IS 'a day';
-- fails: plain
