CREATE TYPE s AS ENUM ('a','b','c');
CREATE TABLE t (id int, s s DEFAULT 'a', g2 bool GENERATED ALWAYS AS (s = 'a') STORED);INSERT INTO t (id) VALUES (1);
-- to
CREATE TYPE s AS ENUM ('a','b');
CREATE TABLE t (id int, s s DEFAULT 'a', g2 bool GENERATED ALWAYS AS (s = 'a') STORED);
