#include <deesse/dsl.h>

COLLECTION(posts) = {
	INTEGER(a, .default_value = "many"),
	INTEGER(b, .bits = 16, .default_value = "40000"),
	INTEGER(c, .min = "10", .default_value = "9"),
	REAL(d, .default_value = "1,5"),
	DECIMAL(e, .precision = 4, .scale = 2, .default_value = "100.00"),
	DECIMAL(f, .precision = 4, .scale = 2, .default_value = "1.005"),
	BOOLEAN(g, .default_value = "yes"),
	TIMESTAMP(h, .default_value = "now"),
	DATE(i, .default_value = "2026-02-30"),
	UUID(j, .default_value = "1234"),
	JSON(k, .default_value = "{a: 1}"),
	BLOB(l, .default_value = "xyz"),
	ENUM(m, .values = VALUES("draft", "published"),
	    .default_value = "drafts"),
	TEXT(n, .max = 3, .default_value = "four"),
	TEXT(o, .default_value = "a", .default_sql = "'b'"),
	RELATION(p, users, .default_value = "first"),
	INTEGER(q, .min = "x"),
	INTEGER(r, .min = "9", .max = "8"),
};
