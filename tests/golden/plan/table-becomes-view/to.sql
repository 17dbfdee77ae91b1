CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);
CREATE VIEW posts AS SELECT id, name AS title FROM users;
