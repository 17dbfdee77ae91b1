COPY a (t) FROM stdin; SELECT 1;
1	\N
\.
\copy b from pstdin
it's
\.
SELECT 1\; DROP TABLE t;
