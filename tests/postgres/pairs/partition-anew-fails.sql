-- A table made anew cuts no text to the length that it has from now on.
-- fails: value too long for type character varying(4)
CREATE TABLE q (k int NOT NULL, v varchar(9));
INSERT INTO q VALUES (1, 'too long');
-- to
CREATE TABLE q (k int NOT NULL, v varchar(4)) PARTITION BY LIST (k);
CREATE TABLE q_1 PARTITION OF q FOR VALUES IN (1);
