CREATE TABLE t (id int PRIMARY KEY, a int, b text, c date, d jsonb, e uuid, f boolean, g interval, h point);
INSERT INTO t VALUES (1);
-- to
CREATE TABLE t (id int PRIMARY KEY, a boolean, b date, c int, d integer, e int, f timestamptz, g uuid, h text);
