-- A type takes a table's name, and a table a type's.
CREATE TABLE x (id int);
CREATE TYPE y AS ENUM ('a');
-- to
CREATE TYPE x AS ENUM ('a');
CREATE TABLE y (id int);
