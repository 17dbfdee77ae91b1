CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  code TEXT
);
INSERT INTO posts VALUES (1, '00123'), (2, 'abc');
