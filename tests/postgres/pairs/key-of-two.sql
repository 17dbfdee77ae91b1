-- A foreign key whose key goes while another one of the same columns comes.
CREATE TABLE t (id bigint NOT NULL PRIMARY KEY, name text NOT NULL);
CREATE TABLE c (t_id bigint REFERENCES t);
CREATE TABLE u (id bigint NOT NULL UNIQUE, name text NOT NULL,
	PRIMARY KEY (id, name));
CREATE TABLE d (u_id bigint REFERENCES u (id));
INSERT INTO t VALUES (1, 'a');
INSERT INTO c VALUES (1);
-- to
CREATE TABLE t (id bigint NOT NULL UNIQUE, name text NOT NULL,
	PRIMARY KEY (id, name));
CREATE TABLE c (t_id bigint REFERENCES t (id));
CREATE TABLE u (id bigint NOT NULL PRIMARY KEY, name text NOT NULL);
CREATE TABLE d (u_id bigint REFERENCES u (id));
-- rows
SELECT count(*) = 1 FROM c;
