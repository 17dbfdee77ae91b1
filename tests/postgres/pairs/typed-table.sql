-- Tables of a type.
CREATE TYPE pair AS (a int, b text);
CREATE TABLE t (a int, b text);
CREATE TABLE u OF pair;
-- to
CREATE TYPE pair AS (a int, b text);
CREATE TABLE t OF pair (PRIMARY KEY (a), b WITH OPTIONS DEFAULT 'x');
CREATE TABLE u (a int, b text);
