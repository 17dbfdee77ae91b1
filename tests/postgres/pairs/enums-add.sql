CREATE TYPE mood AS ENUM ('a', 'c');
CREATE TABLE t (id int, m mood DEFAULT 'a');
-- to
CREATE TYPE mood AS ENUM ('z', 'a', 'b', 'c', 'd');
CREATE TABLE t (id int, m mood DEFAULT 'b');
