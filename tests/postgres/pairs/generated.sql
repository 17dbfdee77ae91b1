CREATE TABLE t (id int PRIMARY KEY, a int, b int);
-- to
CREATE TABLE t (id int PRIMARY KEY, a int, b int, c int GENERATED ALWAYS AS (a * 2 + b) STORED, d text GENERATED ALWAYS AS (upper(a::text)) STORED);
