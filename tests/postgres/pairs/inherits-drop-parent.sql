CREATE TABLE a (aa text, n int);
CREATE TABLE b (bb text) INHERITS (a);
CREATE TABLE d (dd text) INHERITS (a);
INSERT INTO a VALUES ('a', 0);
INSERT INTO b VALUES ('b', 1, 'b');
-- to
CREATE TABLE b (aa text, n int, bb text);
-- rows
SELECT array_agg(aa) = '{b}' FROM b;
