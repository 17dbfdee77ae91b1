/* Each option that all fields have, of each kind of field. */
#include <deesse/dsl.h>

#define FIELDS(KIND, slug, value, ...)                                         \
	COLLECTION(slug, .id = ID_NONE) = {                                    \
		KIND(key, __VA_ARGS__, .primary_key = true,                    \
		    .constraint = #slug "_key_of"),                            \
		KIND(full, __VA_ARGS__, .required = true, .unique = true,      \
		    .index = true, .hidden = true, .column = "full_" #slug,    \
		    .check = "full_" #slug " IS NOT NULL", .backfill = "NULL", \
		    .using = "NULL", .was = "former_" #slug),                  \
		KIND(expr, __VA_ARGS__, .default_sql = value),                 \
		KIND(made, __VA_ARGS__, .generated = "NULL", .stored = true),  \
		KIND(lite, __VA_ARGS__, .required = true,                      \
		    .on_conflict = "REPLACE", .collate = "NOCASE",             \
		    .only = SQLITE),                                           \
	};                                                                     \
	COLLECTION(slug##_lite, .id = ID_NONE, .only = SQLITE) = {             \
		KIND(key, __VA_ARGS__, .primary_key = true, .nullable = true), \
	}

ENUM_TYPE(state, VALUES("a", "b"));

COLLECTION(targets) = {
	TEXT(name),
	DECIMAL(most, .max = "9.5"),
	VECTOR(at, .dimensions = 2, .default_value = "[1, 2]",
	    .only = POSTGRES),
};

FIELDS(TEXT, texts, "lower('A')", .comment = "c");
FIELDS(INTEGER, integers, "1 + 1", .comment = "c");
FIELDS(REAL, reals, "1.5 + 1", .comment = "c");
FIELDS(DECIMAL, decimals, "1.5 + 1", .comment = "c");
FIELDS(BOOLEAN, booleans, "1 = 1", .comment = "c");
FIELDS(TIMESTAMP, timestamps, NOW, .comment = "c");
FIELDS(DATE, dates, TODAY, .comment = "c");
FIELDS(UUID, uuids, NEW_UUID, .comment = "c");
FIELDS(JSON, jsons, "'{}'", .comment = "c");
FIELDS(BLOB, blobs, "'a'", .comment = "c");
FIELDS(TIME, times, "'10:00:00'", .comment = "c");
FIELDS(ENUM, enums, "'a'", .type = state, .comment = "c");
FIELDS(COLUMN, columns, "lower('A')", .type = "text", .comment = "c");

COLLECTION(lists) = {
	TEXT(a, .array = true), INTEGER(b, .array = true),
	REAL(c, .array = true), DECIMAL(d, .array = true),
	BOOLEAN(e, .array = true), TIMESTAMP(f, .array = true),
	DATE(g, .array = true), UUID(h, .array = true),
	JSON(i, .array = true), BLOB(j, .array = true),
	TIME(k, .array = true),
	VECTOR(l, .array = true, .dimensions = 3, .only = POSTGRES),
	COLUMN(m, .array = true, .type = "text"),
	ENUM(n, .array = true, .type = state, .only = POSTGRES),
};

/* What a relation has: it is to one row, and no array. */
COLLECTION(relations, .id = ID_NONE) = {
	RELATION(key, targets, .primary_key = true, .on_update = CASCADE),
	RELATION(full, targets, .required = true, .unique = true, .index = true,
	    .hidden = true, .column = "full_target", .comment = "c",
	    .constraint = "full_target_of", .check = "full_target > 0",
	    .backfill = "1", .using = "1", .was = "former", .deferred = true,
	    .match = "FULL"),
	RELATION(expr, targets, .default_sql = "1 + 1", .deferrable = true),
	RELATION(literal, targets, .default_value = "1"),
	RELATION(made, targets, .generated = "NULL", .stored = true),
	RELATION(lite, targets, .required = true, .on_conflict = "REPLACE",
	    .collate = "NOCASE", .implicit = true, .only = SQLITE),
};

COLLECTION(relations_lite, .id = ID_NONE, .only = SQLITE) = {
	RELATION(key, targets, .primary_key = true, .nullable = true),
};

/* What only PostgreSQL has. */
#ifdef DEESSE_POSTGRES
COLLECTION(intervals, .id = ID_NONE) = {
	INTERVAL(key, .primary_key = true, .constraint = "interval_key_of"),
	INTERVAL(full, .required = true, .unique = true, .index = true,
	    .hidden = true, .column = "full_interval", .comment = "c",
	    .check = "full_interval > '1 s'", .backfill = "'1 day'",
	    .using = "NULL", .was = "former_interval"),
	INTERVAL(expr, .default_sql = "'1 day'"),
	INTERVAL(literal, .default_value = "1 day"),
	INTERVAL(made, .generated = "NULL", .stored = true),
	INTERVAL(list, .array = true, .only = POSTGRES),
};
#endif

/* pgvector compares vectors, too. */
FIELDS(VECTOR, vectors, "'[1,2,3]'", .dimensions = 3, .comment = "c");
