CREATE TABLE a (aa text, CONSTRAINT short CHECK (length(aa) < 9));
CREATE TABLE b (bb text) INHERITS (a);
INSERT INTO b VALUES ('b', 'b');
-- to
CREATE TABLE a (aa text, CONSTRAINT brief CHECK (length(aa) < 9));
CREATE TABLE b (bb text) INHERITS (a);
-- rows
SELECT count(*) = 1 FROM a;
