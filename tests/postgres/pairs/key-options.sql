CREATE TABLE t(id int CONSTRAINT t_pk PRIMARY KEY WITH (fillfactor=50),
	a int CONSTRAINT t_a UNIQUE WITH (fillfactor=60, deduplicate_items=off),
	b int CONSTRAINT t_b UNIQUE WITH (fillfactor=70));
CREATE TABLE gone(id int PRIMARY KEY WITH (fillfactor=50));
-- to
CREATE TABLE t(id int CONSTRAINT t_pk PRIMARY KEY WITH (fillfactor=55),
	a int CONSTRAINT t_a UNIQUE, b int,
	CONSTRAINT t_b UNIQUE (a, b) WITH (fillfactor=70));
CREATE TABLE came(id int PRIMARY KEY WITH (fillfactor=50),
	r int4range, EXCLUDE USING gist (r WITH &&) WITH (fillfactor=90));
