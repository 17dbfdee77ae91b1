CREATE TABLE log (
  rowid TEXT,
  oid TEXT
);
INSERT INTO log (_rowid_, rowid, oid) VALUES (5, 'five', 'x');
