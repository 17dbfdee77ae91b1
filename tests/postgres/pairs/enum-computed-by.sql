-- A computed column is of the enum type itself. Before 15 a server takes it along
-- with the function that computed it once.
-- server: 15
CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad');
CREATE FUNCTION usual() RETURNS mood IMMUTABLE LANGUAGE sql
	AS 'SELECT ''ok''::mood';
CREATE TABLE t (id int, g mood GENERATED ALWAYS AS (usual()) STORED);
INSERT INTO t VALUES (1);
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE FUNCTION usual() RETURNS mood IMMUTABLE LANGUAGE sql
	AS 'SELECT ''ok''::mood';
CREATE TABLE t (id int, g mood GENERATED ALWAYS AS (usual()) STORED);
-- rows
SELECT g = 'ok' FROM t;
