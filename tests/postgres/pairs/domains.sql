CREATE DOMAIN pos AS int CHECK (VALUE > 0);
CREATE TABLE t (id int, p pos);
-- to
CREATE DOMAIN pos AS int DEFAULT 3 NOT NULL CHECK (VALUE > 0) CONSTRAINT small CHECK (VALUE < 100);
CREATE DOMAIN email AS text COLLATE "C" CHECK (VALUE ~ '@');
CREATE TABLE t (id int, p pos, e email);
