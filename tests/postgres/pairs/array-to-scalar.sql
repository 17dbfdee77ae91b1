CREATE TABLE t (id int PRIMARY KEY, a int[], b text[], c int, d text);
-- to
CREATE TABLE t (id int PRIMARY KEY, a int, b text, c int[], d text[]);
