#include <deesse/dsl.h>

COLLECTION(posts) = {
	INTEGER(a, .check = "a > (1"),
	CHECK(z, "(a > 1"),
	INTEGER(g, .generated = "a + 1)", .stored = true),
	TEXT(b, .default_sql = "'x"),
	INDEX(i, .on = {"a"}, .where = "b = 'x"),
	INDEX(j, .on = {DESC(EXPR("lower(b"))}),
	CHECK(ok, "b <> '(' AND b <> ')'"),
};
VIEW(v, .sql = "SELECT (1");
