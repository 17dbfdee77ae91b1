CREATE TYPE addr AS (street text, gone numeric(3,1), city text, "Odd, name" int);
CREATE TYPE lone AS (a int);
CREATE TABLE t (id int, a addr);
-- to
CREATE TYPE addr AS (street text, city text, "Odd, name" int, zip varchar(5), n numeric(4, 2));
CREATE TYPE lone AS (a bigint, b text COLLATE "C");
CREATE TYPE r AS RANGE (subtype = float8);
CREATE TABLE t (id int, a addr, b r);
