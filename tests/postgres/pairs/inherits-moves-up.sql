CREATE TABLE a (aa text);
CREATE TABLE b (up int, bb text) INHERITS (a);
CREATE TABLE c (up int) INHERITS (a);
INSERT INTO a VALUES ('a');
INSERT INTO b VALUES ('b', 2, 'b');
INSERT INTO c VALUES ('c', 3);
-- to
CREATE TABLE a (aa text, up int, CONSTRAINT low CHECK (up < 10));
CREATE TABLE b (up int, bb text) INHERITS (a);
CREATE TABLE c (up int) INHERITS (a);
-- rows
SELECT array_agg(up ORDER BY aa) = '{NULL,2,3}' FROM a;
