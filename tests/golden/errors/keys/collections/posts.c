#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(code, .primary_key = true),
	PRIMARY_KEY(.on = {"code"}),
};

COLLECTION(lines, .id = ID_NONE) = {
	INTEGER(a, .primary_key = true),
	INTEGER(b),
	PRIMARY_KEY(.on = {"a", "b"}),
};

COLLECTION(pairs, .id = ID_NONE) = {
	INTEGER(a),
	INTEGER(b),
	PRIMARY_KEY(.on = {"a", "b"}),
};

COLLECTION(notes, .id = ID_NONE) = {
	RELATION(pair, pairs),
	RELATION(note, notes),
	RELATION(first, chicken),
};

COLLECTION(chicken, .id = ID_NONE) = {
	RELATION(egg, egg, .primary_key = true),
};

COLLECTION(egg, .id = ID_NONE) = {
	RELATION(chicken, chicken, .primary_key = true),
};

COLLECTION(packed, .without_rowid = true) = {
	TEXT(a),
};
