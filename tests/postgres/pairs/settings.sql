-- server: 14
CREATE TABLE posts (id bigint PRIMARY KEY, title text NOT NULL, body text) WITH (fillfactor = 70, autovacuum_enabled = false);
CREATE UNIQUE INDEX by_title ON posts (title);
ALTER TABLE posts REPLICA IDENTITY FULL;
ALTER TABLE posts ALTER body SET STORAGE EXTERNAL;
CREATE TABLE gone (id bigint) WITH (fillfactor = 50);
ALTER TABLE gone ALTER id SET STATISTICS 10;
-- to
CREATE TABLE posts (id bigint PRIMARY KEY, title text NOT NULL, body text) WITH (fillfactor = 80, toast.autovacuum_enabled = false);
CREATE UNIQUE INDEX by_title ON posts (title);
CREATE INDEX lowered ON posts (lower(title));
ALTER INDEX lowered ALTER COLUMN 1 SET STATISTICS 50;
ALTER TABLE posts REPLICA IDENTITY USING INDEX by_title;
ALTER TABLE posts CLUSTER ON by_title;
ALTER TABLE posts ALTER title SET STATISTICS 200, ALTER id SET (n_distinct = -1);
ALTER TABLE posts ALTER body SET STORAGE MAIN;
ALTER TABLE posts ALTER body SET COMPRESSION pglz;
