CREATE TYPE mood AS ENUM ('a','b','c');
CREATE TABLE t (id int PRIMARY KEY, m mood DEFAULT 'a', ms mood[]);
CREATE INDEX t_m ON t (m);
CREATE VIEW v AS SELECT m FROM t WHERE m = 'a';
INSERT INTO t VALUES (1,'a','{a,b}');
-- to
CREATE TYPE mood AS ENUM ('b','a');
CREATE TABLE t (id int PRIMARY KEY, m mood DEFAULT 'a', ms mood[]);
CREATE INDEX t_m ON t (m);
CREATE VIEW v AS SELECT m FROM t WHERE m = 'a';
