#include <deesse/dsl.h>

COLLECTION(things, .id = ID_AUTOINCREMENT) = {
	TIME(opens, .default_value = "09:30:00"),
	VECTOR(meaning, .dimensions = 3, .only = SQLITE),
	TEXT(tags, .array = true, .default_value = "{}"),
	INTEGER(sizes, .array = true, .only = POSTGRES),
	TEXT(name, .collate = "NOCASE", .only = SQLITE),
	TEXT(name, .collate = "C", .only = POSTGRES),
	TEXT(code, .required = true, .on_conflict = "replace", .only = SQLITE),
	TEXT(region, .required = true, .backfill = "'eu'"),
	INTEGER(rank, .using = "rank::bigint"),
	COLUMN(any, .type = "", .only = SQLITE),
	COLUMN(odd, .type = "FANCY(1, 2)", .only = SQLITE),
	COLUMN(ip, .type = "INET", .only = POSTGRES),
	COLUMN(a, .type = "varchar( 9 )", .only = POSTGRES),
	COLUMN(b, .type = "timestamptz(3)", .only = POSTGRES),
	COLUMN(c, .type = "timestamp(3) with time zone", .only = POSTGRES),
	COLUMN(d, .type = "int4[]", .only = POSTGRES),
	COLUMN(e, .type = "char", .only = POSTGRES),
	COLUMN(f, .type = "\"char\"", .only = POSTGRES),
	INTERVAL(span, .only = POSTGRES),
	INTEGER(double_rank, .generated = "rank * 2", .stored = true),
};

COLLECTION(numbered, .id = ID_NONE, .no_timestamps = true) = {
	INTEGER(nr, .primary_key = true, .autoincrement = true),
};

COLLECTION(numbered_too, .autoincrement = true, .on_conflict = "IGNORE",
    .only = SQLITE) = {
	TEXT(x),
};

COLLECTION(loose, .id = ID_NONE, .no_timestamps = true, .only = SQLITE) = {
	TEXT(half, .nullable = true, .primary_key = true),
	INTEGER(other, .primary_key = true),
};
