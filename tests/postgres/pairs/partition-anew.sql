-- A table that is divided from now on, one that no longer is, and one that is
-- divided another way: made anew, with their rows and all that stands on them.
CREATE TABLE m (id serial PRIMARY KEY, at date NOT NULL, v text, gone int);
CREATE INDEX m_v ON m (v);
INSERT INTO m (at, v) VALUES ('2024-01-02', '1'), ('2024-02-02', '2');
SELECT setval('m_id_seq', 40);
CREATE TABLE refers (id bigint REFERENCES m);
INSERT INTO refers VALUES (2);
CREATE VIEW seen AS SELECT id, v FROM m;
GRANT SELECT ON seen TO pairs_reader;
GRANT INSERT ON m TO pairs_writer;
CREATE TABLE n (k int GENERATED ALWAYS AS IDENTITY, a int NOT NULL)
	PARTITION BY LIST (a);
CREATE TABLE n1 PARTITION OF n FOR VALUES IN (1);
CREATE TABLE n2 PARTITION OF n FOR VALUES IN (2);
INSERT INTO n (a) VALUES (1), (2), (2);
CREATE TABLE o (a int NOT NULL, b int NOT NULL) PARTITION BY LIST (a);
CREATE TABLE o1 PARTITION OF o FOR VALUES IN (1);
INSERT INTO o VALUES (1, 7);
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TABLE q (a timestamp, b int, c varchar(9), d mood[], e bytea);
INSERT INTO q (b, c, d) VALUES (1, 'x', '{sad,glad}');
CREATE TABLE r (a int) PARTITION BY LIST (a);
CREATE TABLE r_1 PARTITION OF r DEFAULT;
INSERT INTO r VALUES (1), (2);
-- to
CREATE TABLE m (id serial, at date NOT NULL, v int, fresh text DEFAULT 'f',
	PRIMARY KEY (id, at), UNIQUE (at, id)) PARTITION BY RANGE (at);
CREATE TABLE m_1 PARTITION OF m
	FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
CREATE TABLE m_rest PARTITION OF m DEFAULT;
CREATE INDEX m_v ON m (v);
CREATE TABLE refers (id bigint);
CREATE VIEW seen AS SELECT id, v FROM m;
GRANT SELECT ON seen TO pairs_reader;
GRANT INSERT ON m TO pairs_writer;
CREATE TABLE n (k int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	a int NOT NULL);
CREATE TABLE o (a int NOT NULL, b int NOT NULL) PARTITION BY HASH (b);
CREATE TABLE o1 PARTITION OF o FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE o2 PARTITION OF o FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TYPE mood AS ENUM ('glad', 'sad');
CREATE TABLE q (a int, b text, c varchar(4), d mood[], e int)
	PARTITION BY LIST (c);
CREATE TABLE q_x PARTITION OF q FOR VALUES IN ('x');
CREATE TABLE r (b text DEFAULT 'b');
-- rows
SELECT string_agg(id || ' ' || v, ', ' ORDER BY id) = '1 1, 2 2' FROM m;
SELECT count(*) = 1 FROM m_1;
SELECT nextval('m_id_seq') = 41;
SELECT string_agg(k || ' ' || a, ', ' ORDER BY k) = '1 1, 2 2, 3 2' FROM n;
SELECT nextval(pg_get_serial_sequence('n', 'k')) = 4;
SELECT count(*) = 1 FROM o;
SELECT d = '{sad,glad}' AND c = 'x' FROM q_x;
SELECT array_agg(b) = '{b,b}' FROM r;
