CREATE TABLE users (id bigint PRIMARY KEY, name text, age integer);
CREATE INDEX users_age ON users (age);
-- to
CREATE TABLE users (id bigint PRIMARY KEY, name text);
