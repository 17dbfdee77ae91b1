-- Parts of tables that others point to, and parts that point to each other.
-- both ways
CREATE TABLE ward (id int, at text, PRIMARY KEY (at, id)) PARTITION BY LIST (at);
CREATE TABLE ward_n PARTITION OF ward FOR VALUES IN ('n');
CREATE TABLE ward_s PARTITION OF ward FOR VALUES IN ('s');
CREATE TABLE bed (id int, at text, PRIMARY KEY (at, id),
	FOREIGN KEY (at, id) REFERENCES ward) PARTITION BY LIST (at);
CREATE TABLE bed_n PARTITION OF bed FOR VALUES IN ('n');
CREATE TABLE bed_s PARTITION OF bed FOR VALUES IN ('s');
ALTER TABLE ward_n ADD CONSTRAINT first_bed FOREIGN KEY (at, id)
	REFERENCES bed_n (at, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE bed_n ADD CONSTRAINT stands_in FOREIGN KEY (at, id)
	REFERENCES ward_n (at, id);
CREATE TABLE one (id int, at text, PRIMARY KEY (at, id)) PARTITION BY LIST (at);
CREATE TABLE one_n PARTITION OF one FOR VALUES IN ('n');
CREATE TABLE other (id int, at text, PRIMARY KEY (at, id))
	PARTITION BY LIST (at);
CREATE TABLE other_n PARTITION OF other FOR VALUES IN ('n');
ALTER TABLE one_n ADD CONSTRAINT to_other FOREIGN KEY (at, id)
	REFERENCES other_n (at, id);
ALTER TABLE other_n ADD CONSTRAINT to_one FOREIGN KEY (at, id)
	REFERENCES one_n (at, id);
INSERT INTO ward VALUES (1, 's');
INSERT INTO bed VALUES (1, 's');
-- to
CREATE TABLE ward (id int, at text, PRIMARY KEY (at, id)) PARTITION BY LIST (at);
CREATE TABLE ward_s PARTITION OF ward FOR VALUES IN ('s');
CREATE TABLE bed (id int, at text, PRIMARY KEY (at, id),
	FOREIGN KEY (at, id) REFERENCES ward) PARTITION BY LIST (at);
CREATE TABLE bed_s PARTITION OF bed FOR VALUES IN ('s');
