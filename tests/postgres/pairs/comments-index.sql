CREATE TABLE t(id int CONSTRAINT t_pk PRIMARY KEY,
	a text CONSTRAINT t_a UNIQUE, b int CONSTRAINT t_b UNIQUE);
COMMENT ON INDEX t_pk IS 'index of a key';
COMMENT ON INDEX t_a IS 'goes';
COMMENT ON INDEX t_b IS 'goes with its key';
CREATE TABLE p(a int, b int, c int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
ALTER TABLE p ADD PRIMARY KEY (a, b);
CREATE INDEX p_c ON p(c);
COMMENT ON INDEX p1_pkey IS 'of a part';
COMMENT ON CONSTRAINT p1_pkey ON p1 IS 'the constraint of a part';
COMMENT ON INDEX p1_c_idx IS 'goes with that of the whole';
CREATE TABLE gone(id int CONSTRAINT gone_pk PRIMARY KEY);
COMMENT ON INDEX gone_pk IS 'gone';
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION pair_less(pair, pair) RETURNS boolean LANGUAGE sql IMMUTABLE
	AS 'SELECT $1.a < $2.a';
CREATE OPERATOR <<< (LEFTARG = pair, RIGHTARG = pair, FUNCTION = pair_less);
COMMENT ON OPERATOR <<< (pair, pair) IS 'less';
-- to
CREATE TABLE t(id int CONSTRAINT t_pk PRIMARY KEY,
	a text CONSTRAINT t_a UNIQUE, b int, c int CONSTRAINT t_c UNIQUE);
COMMENT ON INDEX t_pk IS 'changed';
COMMENT ON INDEX t_c IS 'new';
CREATE TABLE p(a int, b int, c int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
ALTER TABLE p ADD PRIMARY KEY (a, c);
CREATE INDEX p_b ON p(b);
COMMENT ON INDEX p1_pkey IS 'of a part';
COMMENT ON CONSTRAINT p1_pkey ON p1 IS 'the constraint of a part';
COMMENT ON INDEX p2_b_idx IS 'new';
CREATE TABLE came(id int CONSTRAINT came_pk PRIMARY KEY);
COMMENT ON INDEX came_pk IS 'came';
COMMENT ON CONSTRAINT came_pk ON came IS 'both';
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION pair_less(pair, pair) RETURNS boolean LANGUAGE sql IMMUTABLE
	AS 'SELECT $1.a < $2.a';
CREATE OPERATOR <<< (LEFTARG = pair, RIGHTARG = pair, FUNCTION = pair_less);
COMMENT ON OPERATOR <<< (pair, pair) IS 'less than';
