CREATE SCHEMA app;
CREATE TABLE app.t (id int PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY);
-- to
CREATE SCHEMA app;
CREATE SCHEMA other;
CREATE TABLE app.t (id int PRIMARY KEY, a text);
CREATE TABLE other.t (id int PRIMARY KEY, app_id int REFERENCES app.t);
CREATE TYPE other.mood AS ENUM ('x', 'y');
CREATE TABLE other.u (m other.mood DEFAULT 'x');
CREATE VIEW other.v AS SELECT * FROM app.t;
