CREATE TABLE tags (
  name TEXT NOT NULL PRIMARY KEY
);
INSERT INTO tags (rowid, name) VALUES (9, 'a');
