CREATE TABLE t (id int, a text, b text);
-- to
CREATE TABLE t (id int, a text, b text);
CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;
CREATE STATISTICS s (dependencies, mcv) ON a, b FROM t;
