CREATE TABLE other (id int);
-- to
CREATE TABLE other (id int);
CREATE TABLE tree (id int, parent int);
CREATE UNIQUE INDEX tree_id ON tree (id);
ALTER TABLE tree ADD CONSTRAINT tree_parent FOREIGN KEY (parent) REFERENCES tree (id) DEFERRABLE;
COMMENT ON CONSTRAINT tree_parent ON tree IS 'up';
