CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE TABLE bigdata (data bigint);
CREATE VIEW v AS SELECT data FROM bigdata;
-- to
CREATE TABLE users (id bigint PRIMARY KEY, name text);
