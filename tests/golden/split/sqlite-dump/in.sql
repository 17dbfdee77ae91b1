PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE [a;b] (`c;d` TEXT DEFAULT '\', "e;f" -- g;
);
INSERT INTO t VALUES(1,'x;y',X'3B');
CREATE TRIGGER stamp AFTER UPDATE ON t BEGIN
  UPDATE t SET b = CASE WHEN new.b THEN 1 ELSE 2 END;
  DELETE FROM u;
END;
CREATE VIEW v AS SELECT $a(;) AS "begin;";
COMMIT;
/* not closed; at the end
