CREATE TYPE addr AS (street text, zip integer);
CREATE TABLE p (id int PRIMARY KEY, a addr NOT NULL, l addr[]);
CREATE INDEX p_a ON p (((a).zip));
CREATE VIEW v AS SELECT id, (a).street FROM p;
INSERT INTO p VALUES (1, ROW('a', 5), ARRAY[ROW('q', 3)::addr]), (2, ROW(NULL, NULL), NULL);
-- to
CREATE TYPE addr AS (street text, zip text);
CREATE TABLE p (id int PRIMARY KEY, a addr NOT NULL, l addr[]);
CREATE INDEX p_a ON p (((a).zip));
CREATE VIEW v AS SELECT id, (a).street FROM p;
-- rows
SELECT a = ROW('a','5')::addr AND l[1] = ROW('q', '3')::addr FROM p WHERE id = 1;
SELECT a IS NOT DISTINCT FROM ROW(NULL, NULL)::addr FROM p WHERE id = 2;
