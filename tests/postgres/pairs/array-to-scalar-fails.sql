-- fails: invalid input syntax for type integer: "{1,2}"
CREATE TABLE t (id int PRIMARY KEY, a int[], b text[], c int, d text);
INSERT INTO t VALUES (1, '{1,2}', '{a}', 3, 'x');
-- to
CREATE TABLE t (id int PRIMARY KEY, a int, b text, c int[], d text[]);
