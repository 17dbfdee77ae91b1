-- both ways
-- a part leaves, and the whole gets other columns; back, it joins what lost them
CREATE TABLE log (id int NOT NULL, n int, x int) PARTITION BY RANGE (id);
CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (10);
CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM (10) TO (20);
INSERT INTO log VALUES (5, 1, 1), (15, 2, 2);
-- to
CREATE TABLE log (id int NOT NULL, n bigint, extra text, more int DEFAULT 4)
	PARTITION BY RANGE (id);
CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (10);
CREATE TABLE log_2 (id int NOT NULL, n int, x int);
INSERT INTO log VALUES (5, 1);
INSERT INTO log_2 VALUES (15, 2, 2);
-- rows
SELECT id = 5 AND n = 1 FROM log WHERE id < 10;
SELECT id = 15 AND n = 2 FROM log_2;
