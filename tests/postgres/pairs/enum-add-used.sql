CREATE TYPE mood AS ENUM ('a','b');
CREATE TABLE t (id int PRIMARY KEY, m mood);
INSERT INTO t VALUES (1,'a');
-- to
CREATE TYPE mood AS ENUM ('a','c','b');
CREATE TABLE t (id int PRIMARY KEY, m mood DEFAULT 'c' CHECK (m <> 'c' OR id > 0));
CREATE INDEX t_m ON t (id) WHERE m = 'c';
