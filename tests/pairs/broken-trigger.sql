-- a trigger of others that cannot run
CREATE TABLE t(a INT);
CREATE TABLE u(a INT);
CREATE TRIGGER tr AFTER INSERT ON u BEGIN INSERT INTO nowhere VALUES (1); END;
-- rows --
INSERT INTO t VALUES (1);
-- to --
CREATE TABLE t(a INT CHECK (a > 0));
CREATE TABLE u(a INT);
CREATE TRIGGER tr AFTER INSERT ON u BEGIN INSERT INTO nowhere VALUES (1); END;
-- wants --
add-check t 0
