-- A part in another schema than the whole that was a table; a part that gets
-- another whole, and what points to it; a ring of foreign keys that unique
-- indexes stand for; a key of a part that makes its columns required.
-- both ways
CREATE SCHEMA near;
CREATE SCHEMA far;
CREATE TABLE near.log (at int NOT NULL, of int, what text);
CREATE UNIQUE INDEX log_of ON near.log (at, of);
CREATE TABLE far.log_1 (at int NOT NULL, what text);
CREATE TABLE seen (at int NOT NULL, of int);
CREATE UNIQUE INDEX seen_of ON seen (at, of);
ALTER TABLE seen ADD CONSTRAINT of_log FOREIGN KEY (at, of)
	REFERENCES near.log (at, of);
ALTER TABLE near.log ADD CONSTRAINT is_seen FOREIGN KEY (at, of)
	REFERENCES seen (at, of) DEFERRABLE INITIALLY DEFERRED;
BEGIN;
INSERT INTO near.log VALUES (1, 2, 'a');
INSERT INTO seen VALUES (1, 2);
COMMIT;
CREATE TABLE ship (id int PRIMARY KEY) PARTITION BY LIST (id);
CREATE TABLE ship_1 PARTITION OF ship FOR VALUES IN (1);
CREATE TABLE crew (ship int) PARTITION BY LIST (ship);
CREATE TABLE crew_1 PARTITION OF crew FOR VALUES IN (1);
ALTER TABLE crew_1 ADD CONSTRAINT aboard FOREIGN KEY (ship)
	REFERENCES ship_1 (id);
CREATE TABLE tide (a int, b text) PARTITION BY LIST (b);
CREATE TABLE tide_x PARTITION OF tide (CONSTRAINT of_tide PRIMARY KEY (b, a))
	FOR VALUES IN ('x');
-- to
CREATE SCHEMA near;
CREATE SCHEMA far;
CREATE TABLE near.log (at int NOT NULL, of int, what text)
	PARTITION BY LIST (at);
CREATE TABLE far.log_1 PARTITION OF near.log FOR VALUES IN (1);
CREATE UNIQUE INDEX log_of ON near.log (at, of);
CREATE TABLE seen (at int NOT NULL, of int) PARTITION BY LIST (at);
CREATE TABLE seen_1 PARTITION OF seen FOR VALUES IN (1);
CREATE UNIQUE INDEX seen_of ON seen (at, of);
ALTER TABLE seen ADD CONSTRAINT of_log FOREIGN KEY (at, of)
	REFERENCES near.log (at, of);
ALTER TABLE near.log ADD CONSTRAINT is_seen FOREIGN KEY (at, of)
	REFERENCES seen (at, of) DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE boat (id int PRIMARY KEY) PARTITION BY LIST (id);
CREATE TABLE ship_1 PARTITION OF boat FOR VALUES IN (1);
CREATE TABLE crew (ship int) PARTITION BY LIST (ship);
CREATE TABLE crew_1 PARTITION OF crew FOR VALUES IN (1);
ALTER TABLE crew_1 ADD CONSTRAINT aboard FOREIGN KEY (ship)
	REFERENCES ship_1 (id);
CREATE TABLE tide (a int, b text NOT NULL) PARTITION BY LIST (b);
CREATE TABLE tide_x PARTITION OF tide FOR VALUES IN ('x');
CREATE UNIQUE INDEX of_tide ON tide_x (b, a);
