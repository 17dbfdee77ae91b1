-- both ways
-- a view takes the name of a table, and what stands on it has the same text
CREATE TABLE item (id int PRIMARY KEY, name text);
CREATE TABLE other (id int);
CREATE VIEW named AS SELECT id, name FROM item;
CREATE VIEW counted AS SELECT count(*) FROM named;
GRANT SELECT ON item TO pairs_reader;
GRANT SELECT ON named TO pairs_reader;
-- to
CREATE TABLE item_data (id int PRIMARY KEY, name text);
CREATE TABLE other (id int);
CREATE VIEW item AS SELECT id, name FROM item_data;
CREATE VIEW named AS SELECT id, name FROM item;
CREATE VIEW counted AS SELECT count(*) FROM named;
GRANT SELECT ON item TO pairs_reader;
GRANT SELECT ON named TO pairs_reader;
