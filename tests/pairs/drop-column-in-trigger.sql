-- a trigger that waits for a column that goes
CREATE TABLE t(a INT, b INT, c INT);
CREATE TRIGGER tr AFTER UPDATE OF b ON t BEGIN UPDATE t SET c = 1; END;
-- rows --
INSERT INTO t VALUES (1, NULL, 3);
-- to --
CREATE TABLE t(a INT, c INT);
-- wants --
drop-trigger tr -1
drop-column t.b 0
