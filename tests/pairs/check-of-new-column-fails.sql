-- a check of a new column alone, which its default does not satisfy
CREATE TABLE t(a INT);
-- rows --
INSERT INTO t VALUES (1), (20);
-- to --
CREATE TABLE t(a INT, b INT DEFAULT 0, CHECK (b > 0));
-- wants --
add-check t 2
error: CHECK constraint failed: b > 0
