CREATE TABLE cities (name text, population integer);
-- to
CREATE TABLE cities (name text, population integer);
CREATE TABLE capitals (name text, population integer, state text);
ALTER TABLE capitals INHERIT cities;
