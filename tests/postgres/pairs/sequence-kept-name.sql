-- the table was renamed, its sequence and its key were not
CREATE TABLE mention (id serial PRIMARY KEY, comment int);
-- to
CREATE TABLE mention (id serial PRIMARY KEY, comment int);
ALTER TABLE mention RENAME TO comment_mention;
