CREATE TABLE a (aa text, n int, gone int, CONSTRAINT plus CHECK (n > 0));
CREATE TABLE b (bb text) INHERITS (a);
CREATE TABLE c (cc text) INHERITS (b);
INSERT INTO b VALUES ('b', 1, 2, 'b');
INSERT INTO c VALUES ('c', 2, 3, 'c', 'c');
-- to
CREATE TABLE a (aa text, n int, later date);
CREATE TABLE b (aa text, n bigint, bb text, CONSTRAINT plus CHECK (n > 0));
CREATE TABLE c (cc text) INHERITS (b);
-- rows
SELECT count(*) = 0 FROM a;
SELECT array_agg(n ORDER BY n) = '{1,2}' FROM b;
