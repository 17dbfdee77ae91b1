-- data begins on the line after the one that holds the semicolon
COPY a (t) FROM stdin WITH (FORMAT csv); SELECT 1; -- the rest of the line
1,'; SELECT 2;
 \.
\. 
\.
SELECT 3; copy b from/**/STDIN; copy c from stdin; select 4;
b
\.
c
\.
SELECT 5\; SELECT 6;
\copy a (t) from pstdin
it's
\.
COPY a FROM 'stdin'; COPY a TO stdin; COPY (SELECT 1 FROM stdin) TO STDOUT;
SELECT 7;
COPY a FROM stdin
\g
x
