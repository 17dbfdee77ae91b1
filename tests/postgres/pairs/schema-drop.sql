CREATE SCHEMA app;
CREATE SCHEMA other;
CREATE EXTENSION hstore SCHEMA app;
CREATE TYPE app.mood AS ENUM ('calm');
CREATE TABLE app.posts (id int PRIMARY KEY, tags app.hstore, mood app.mood);
CREATE VIEW app.moods AS SELECT mood FROM app.posts;
CREATE FUNCTION app.one() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE other.notes (id int REFERENCES app.posts);
-- to
CREATE SCHEMA other;
CREATE TABLE other.notes (id int);
