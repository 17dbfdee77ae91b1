CREATE TABLE a (aa text, n int);
CREATE TABLE b (n int, aa text, bb text);
INSERT INTO b VALUES (1, 'b', 'b');
-- to
CREATE TABLE a (aa text NOT NULL, n int, more int);
CREATE TABLE b (n int, aa text NOT NULL, more int, bb text);
ALTER TABLE b INHERIT a;
-- rows
SELECT count(*) = 1 FROM a;
