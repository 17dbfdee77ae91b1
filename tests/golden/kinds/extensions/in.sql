-- schemas: public app Ext
CREATE SCHEMA app;
CREATE SCHEMA "Ext";
CREATE EXTENSION hstore;
CREATE EXTENSION citext SCHEMA "Ext";
CREATE TABLE t (a hstore, b "Ext".citext DEFAULT 'x');
