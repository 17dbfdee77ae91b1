CREATE TYPE s AS ENUM ('a','b','c');
CREATE TABLE r (s s PRIMARY KEY);
CREATE TABLE q (id int, s s REFERENCES r);
INSERT INTO r VALUES ('a'); INSERT INTO q VALUES (1,'a');
-- to
CREATE TYPE s AS ENUM ('a','b');
CREATE TABLE r (s s PRIMARY KEY);
CREATE TABLE q (id int, s s REFERENCES r);
-- rows
SELECT count(*)=1 FROM q;
