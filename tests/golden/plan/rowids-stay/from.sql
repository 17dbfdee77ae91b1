CREATE TABLE log (
  line TEXT
);
INSERT INTO log (rowid, line) VALUES (5, 'five'), (100, 'hundred');
