-- no rows, no question
CREATE TABLE t(a INT);
-- rows --

-- to --
CREATE TABLE t(a INT, b INT NOT NULL);
-- wants --
add-required-column t.b 0
