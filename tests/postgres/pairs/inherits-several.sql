CREATE TABLE a (aa text);
-- to
CREATE TABLE a (aa text);
CREATE TABLE b (bb text) INHERITS (a);
CREATE TABLE c (cc text, aa text) INHERITS (a);
CREATE TABLE d (dd text) INHERITS (b, c, a);
CREATE SCHEMA app;
CREATE TABLE app."Odd Name" ("a.b" int) INHERITS (d);
