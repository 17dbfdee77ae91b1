CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- to
CREATE TABLE users (id bigint PRIMARY KEY, name text, age integer NOT NULL DEFAULT 0, email varchar(40));
