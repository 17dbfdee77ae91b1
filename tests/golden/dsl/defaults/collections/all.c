#include <deesse/dsl.h>

COLLECTION(things, .no_timestamps = true) = {
	TEXT(a, .default_value = "it's"),
	TEXT(empty, .default_value = ""),
	INTEGER(b, .default_value = "-7"),
	REAL(c, .default_value = "1.5e3"),
	DECIMAL(d, .precision = 5, .scale = 2, .default_value = "123.45"),
	BOOLEAN(e, .default_value = "true"),
	BOOLEAN(f, .default_value = "false"),
	TIMESTAMP(g, .default_value = "2026-01-31T12:00:00Z"),
	TIMESTAMP(h, .default_sql = NOW),
	DATE(i, .default_value = "2024-02-29"),
	DATE(j, .default_sql = TODAY, .check = "j <= " TODAY),
	UUID(k, .default_sql = NEW_UUID),
	UUID(l, .default_value = "00000000-0000-4000-8000-000000000000"),
	JSON(m, .default_value = "{\"a\": [1, 2.5e1, null, \"\\u00e9\"]}"),
	BLOB(n, .default_value = "00ff"),
	ENUM(o, .values = VALUES("x", "y"), .default_value = "y"),
	INTEGER(p, .default_sql = "1 + 1"),
	RELATION(q, things, .default_value = "1"),
};
