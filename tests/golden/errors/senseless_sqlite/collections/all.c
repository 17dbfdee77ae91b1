#include <deesse/dsl.h>

COLLECTION(users, .id = ID_NONE, .without_rowid = true) = {
	INTEGER(nr, .primary_key = true, .autoincrement = true),
	TEXT(name, .on_conflict = "IGNORE"),
};

COLLECTION(posts, .id = ID_NONE) = {
	INTEGER(a, .required = true),
	INTEGER(b, .generated = "a + 1", .stored = true, .primary_key = true),
	INTEGER(small, .array = true, .bits = 16),
	VECTOR(taste, .dimensions = 2, .default_value = "[1, 2]"),
	VECTOR(tastes, .dimensions = 2, .array = true),
};

COLLECTION(strict, .strict = true, .on_conflict = "FAIL") = {
	COLUMN(at, .type = "DATETIME"),
	COLUMN(any, .type = "any"),
	CHECK(first, "at > 0", .unnamed = true, .name = "first_at"),
};

COLLECTION(down, .id = ID_NONE, .autoincrement = true) = {
	INTEGER(nr, .nullable = true, .required = true),
	PRIMARY_KEY(.on = {DESC("nr")}, .on_conflict = "FAIL"),
};

COLLECTION(loose, .id = ID_NONE, .on_conflict = "FAIL") = {
	TEXT(a),
};

COLLECTION(both, .id = ID_NONE, .on_conflict = "FAIL") = {
	TEXT(a),
	PRIMARY_KEY(.on = {"a"}, .on_conflict = "FAIL"),
};
