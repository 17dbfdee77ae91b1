CREATE TABLE t (id int PRIMARY KEY, a int, b int, c int GENERATED ALWAYS AS (a * 2) STORED, d int GENERATED ALWAYS AS (a) STORED);
-- to
CREATE TABLE t (id int PRIMARY KEY, a int, b int, c int GENERATED ALWAYS AS (a * 3) STORED, d int);
