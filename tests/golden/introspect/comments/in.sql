CREATE/* a */TABLE/* b */t/* c */(/* d */a/* e */INTEGER/* f */PRIMARY/* g */KEY/* h */,/* i */
-- , b TEXT
c/* ) */VARCHAR/* j */(/* k */10/* l */)/* m */DEFAULT/* n */(/* o */1/* p */)/* q */, -- UNIQUE
CHECK/* r */(/* s */c <> '-- no comment' /* t */)/* u */)/* v */WITHOUT/* w */ROWID/* x */;
CREATE INDEX/* a */i/* b */ON t(/* c */c/* d */DESC/* e */)/* f */WHERE/* g */c/* h */> 1 /* i */;
CREATE TABLE tails (
	a CHECK ((a > 0 -- positive
	)),
	b DEFAULT ((1) /* one */),
	c AS (((a -- first
		) + (b)) -- last
	),
	d CHECK ((d) IN (1, 2) AND (d))
);
