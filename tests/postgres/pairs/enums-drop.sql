CREATE TYPE mood AS ENUM ('a', 'b', 'c');
CREATE TABLE t (id int, m mood DEFAULT 'a');
-- to
CREATE TABLE t (id int, m text DEFAULT 'a');
