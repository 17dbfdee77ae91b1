CREATE TABLE t (id int PRIMARY KEY, a int, b int GENERATED ALWAYS AS (a * 2) STORED, CHECK (a > id), UNIQUE (a, id));
CREATE INDEX t_ax ON t (id) WHERE a > 5;
CREATE VIEW v AS SELECT a, b FROM t;
CREATE POLICY p ON t USING (a > 1);
CREATE STATISTICS st ON a, id FROM t;
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE TRIGGER tr BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (new.a > 1) EXECUTE FUNCTION tf();
-- to
CREATE TABLE t (id int PRIMARY KEY);
CREATE VIEW v AS SELECT id AS a, 1 AS b FROM t;
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
