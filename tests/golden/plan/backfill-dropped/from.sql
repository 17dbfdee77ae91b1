CREATE TABLE people (
  id INTEGER PRIMARY KEY,
  first TEXT,
  family TEXT
);
INSERT INTO people VALUES (1, 'Ada', 'Lovelace'), (2, NULL, 'Turing');
