COPY a FROM stdin;
CREATE TABLE b (c text DEFAULT '
\.
DROP TABLE t; --');