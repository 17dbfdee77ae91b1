CREATE TABLE kv (
  k TEXT PRIMARY KEY NOT NULL,
  v BLOB
);
INSERT INTO kv VALUES ('a', x'00ff'), ('b', 'text');
