CREATE SEQUENCE numbers;
CREATE SEQUENCE gone;
CREATE TABLE t (id serial PRIMARY KEY, n integer);
-- to
CREATE SEQUENCE numbers INCREMENT BY 5 MAXVALUE 1000 CYCLE;
CREATE SEQUENCE small AS smallint START 10;
CREATE TABLE t (id serial PRIMARY KEY, n integer DEFAULT nextval('small'), big bigserial);
ALTER SEQUENCE small OWNED BY t.n;
CREATE TABLE u (id smallserial, "Odd" serial);
