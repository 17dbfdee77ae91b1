-- a trigger that cannot run, of another table, and one of the table itself
CREATE TABLE t(a INT, b INT);
CREATE TABLE u(a INT);
CREATE TRIGGER tr AFTER INSERT ON u BEGIN INSERT INTO nowhere VALUES (1); END;
CREATE TRIGGER own AFTER DELETE ON t BEGIN SELECT missing FROM u; END;
-- rows --
INSERT INTO t VALUES (1, 2);
-- to --
-- was t.z b
CREATE TABLE t(a INT, z INT);
CREATE TABLE u(a INT);
CREATE TRIGGER tr AFTER INSERT ON u BEGIN INSERT INTO nowhere VALUES (1); END;
CREATE TRIGGER own AFTER DELETE ON t BEGIN SELECT missing FROM u; END;
-- wants --
