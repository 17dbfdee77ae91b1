CREATE TABLE log (
  rowid TEXT NOT NULL,
  oid TEXT
);
