CREATE TABLE base (id int);
CREATE TABLE kid (id int, more int);
CREATE SEQUENCE counter;
SELECT nextval('counter');
CREATE SEQUENCE far;
SELECT setval('far', 500);
INSERT INTO kid VALUES (1, 2);
-- to
CREATE TABLE base (id int, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE kid (id int, more int, CONSTRAINT positive CHECK (id > 0));
ALTER TABLE kid INHERIT base;
CREATE SEQUENCE counter MINVALUE 100;
CREATE SEQUENCE far MINVALUE 100;
-- rows
SELECT nextval('counter') = 100;
SELECT nextval('far') = 501;
SELECT sum(id) = 1 FROM base;
