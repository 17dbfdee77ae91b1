CREATE TABLE a (aa text, n int);
CREATE TABLE b (bb text) INHERITS (a);
CREATE TABLE d (dd text) INHERITS (b);
INSERT INTO b VALUES ('b', 1, 'b');
INSERT INTO d VALUES ('d', 1, 'd', 'd');
-- to
CREATE TABLE a (aa text);
