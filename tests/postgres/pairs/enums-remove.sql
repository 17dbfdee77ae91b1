CREATE TYPE mood AS ENUM ('a', 'b', 'c');
CREATE TABLE t (id int, m mood DEFAULT 'a', ms mood[]);
CREATE INDEX ti ON t (m) WHERE m = 'a';
CREATE VIEW v AS SELECT m FROM t WHERE m <> 'c';
-- to
CREATE TYPE mood AS ENUM ('c', 'a');
CREATE TABLE t (id int, m mood DEFAULT 'a', ms mood[]);
CREATE INDEX ti ON t (m) WHERE m = 'a';
CREATE VIEW v AS SELECT m FROM t WHERE m <> 'c';
