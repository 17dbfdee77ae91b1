#include <deesse/dsl.h>

COLLECTION(posts, .id = ID_NONE, .on_conflict = "FAIL") = {
	INTEGER(nr, .primary_key = true, .nullable = true),
	TEXT(title, .required = true, .on_conflict = "IGNORE"),
	TEXT(name, .collate = "NOCASE"),
	TRIGGER(t, .event = "after insert", .sql = "SELECT 1"),
	UNIQUE(u, .on = {DESC("title")}),
};
