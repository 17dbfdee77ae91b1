#include <deesse/dsl.h>

COLLECTION(above, .id = ID_NONE, .no_timestamps = true) = {
	TEXT(name),
	INTEGER(size),
	CHECK(small, "size < 9"),
};

COLLECTION(below, .inherits = VALUES("above"), .id = ID_NONE,
    .no_timestamps = true) = {
	TEXT(name, .inherited = true),
	INTEGER(size, .inherited = true),
	REAL(a, .inherited = true),
	DECIMAL(b, .inherited = true),
	BOOLEAN(c, .inherited = true),
	TIMESTAMP(d, .inherited = true),
	DATE(e, .inherited = true),
	UUID(f, .inherited = true),
	JSON(g, .inherited = true),
	BLOB(h, .inherited = true),
	ENUM(i, .values = VALUES("x"), .inherited = true),
	RELATION(j, keyed, .inherited = true),
	TIME(k, .inherited = true),
	VECTOR(l, .dimensions = 3, .inherited = true),
	COLUMN(m, .type = "text", .inherited = true),
};

COLLECTION(keyed, .row_security_off = true) = {
	TEXT(name, .inherited = true),
};

COLLECTION(itself, .inherits = VALUES("itself")) = {
	TEXT(name),
};

COLLECTION(here, .inherits = VALUES("there")) = {
	TEXT(name),
};

COLLECTION(there, .inherits = VALUES("here")) = {
	TEXT(name),
};

COLLECTION(nobodys, .inherits = VALUES("abvoe", "above", "above")) = {
	INTEGER(size, .bits = 16),
	CHECK(small, "size < 8", .name = "above_small"),
};

#ifdef DEESSE_POSTGRES
COLLECTION(divided, .id = ID_NONE, .no_timestamps = true,
    .inherits = VALUES("above")) = {
	DATE(day),
	PARTITION_BY(RANGE, .on = {"day"}),
};

COLLECTION(part, .inherits = VALUES("divided")) = {
	TEXT(name, .collate = "C"),
};

COLLECTION(spelt, .inherits = VALUES("above")) = {
	TEXT(name, .collate = "C"),
};
#endif
