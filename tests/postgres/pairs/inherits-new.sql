CREATE TABLE other (id int);
-- to
CREATE TABLE other (id int);
CREATE TABLE cities (name text NOT NULL, population integer DEFAULT 0,
	elevation double precision, CONSTRAINT counted CHECK (population >= 0));
COMMENT ON COLUMN cities.name IS 'as it is called there';
CREATE TABLE capitals (state char(2) UNIQUE) INHERITS (cities);
CREATE TABLE empty_heirs () INHERITS (cities);
CREATE INDEX capitals_by_name ON capitals (name);
ALTER TABLE capitals ADD PRIMARY KEY (name);
