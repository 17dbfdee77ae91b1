-- both ways
-- parts by hash that get other remainders: the table is made anew
CREATE TABLE hit (id int NOT NULL, k text, PRIMARY KEY (id)) PARTITION BY HASH (id);
CREATE TABLE hit_0 PARTITION OF hit FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE hit_1 PARTITION OF hit FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE INDEX hit_k ON hit (k);
CREATE TABLE note (hit_id int REFERENCES hit);
CREATE VIEW hits AS SELECT count(*) FROM hit;
INSERT INTO hit SELECT i, 'x' || i FROM generate_series(1, 20) i;
INSERT INTO note VALUES (7);
-- to
CREATE TABLE hit (id int NOT NULL, k text, PRIMARY KEY (id)) PARTITION BY HASH (id);
CREATE TABLE hit_0 PARTITION OF hit FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE hit_1 PARTITION OF hit FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE hit_2 PARTITION OF hit FOR VALUES WITH (MODULUS 3, REMAINDER 2);
CREATE INDEX hit_k ON hit (k);
CREATE TABLE note (hit_id int REFERENCES hit);
CREATE VIEW hits AS SELECT count(*) FROM hit;
INSERT INTO hit SELECT i, 'x' || i FROM generate_series(1, 20) i;
INSERT INTO note VALUES (7);
-- rows
SELECT count(*) = 20 AND sum(id) = 210 AND bool_and(k = 'x' || id) FROM hit;
SELECT hit_id = 7 FROM note;
