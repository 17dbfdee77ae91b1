-- An index that the whole's took over under a name of its own gets that of the
-- server, for it cannot go alone; so does one of a table that becomes a part.
CREATE TABLE w (a int, b text) PARTITION BY LIST (a);
CREATE TABLE w1 PARTITION OF w FOR VALUES IN (1);
CREATE INDEX own ON w1 (b);
CREATE INDEX w_b ON w (b);
CREATE TABLE w2 (a int, b text);
CREATE INDEX "its own" ON w2 (b);
INSERT INTO w VALUES (1, 'x');
INSERT INTO w2 VALUES (2, 'y');
-- to
CREATE TABLE w (a int, b text) PARTITION BY LIST (a);
CREATE TABLE w1 PARTITION OF w FOR VALUES IN (1);
CREATE TABLE w2 PARTITION OF w FOR VALUES IN (2);
CREATE INDEX w_b ON w (b);
-- rows
SELECT string_agg(b, '' ORDER BY a) = 'xy' FROM w;
