-- schemas: app audit
CREATE SCHEMA app;
CREATE SCHEMA audit;
CREATE SCHEMA other;
CREATE SCHEMA deesse;
CREATE TYPE mood AS ENUM ('in', 'public');
CREATE TYPE app.mood AS ENUM ('in', 'app');
CREATE TABLE posts (id integer PRIMARY KEY, a integer UNIQUE);
CREATE TABLE other.posts (id integer, b integer, PRIMARY KEY (id, b),
  UNIQUE (b, id));
CREATE TABLE deesse.journal (id integer);
CREATE FUNCTION app.tax() RETURNS integer IMMUTABLE LANGUAGE sql
  AS 'SELECT 1';
CREATE FUNCTION tax() RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT 1';
CREATE TABLE app.posts (
  id integer PRIMARY KEY,
  m app.mood DEFAULT 'app', p mood DEFAULT 'public',
  f integer DEFAULT app.tax(), g integer DEFAULT tax(),
  outside integer REFERENCES posts (a),
  b integer,
  FOREIGN KEY (b, f) REFERENCES other.posts (b, id),
  CHECK (f > app.tax()));
CREATE TABLE audit.posts (id integer REFERENCES app.posts,
  CONSTRAINT posts_pkey PRIMARY KEY (id));
CREATE INDEX posts_by_f ON app.posts (f, (id + app.tax()));
