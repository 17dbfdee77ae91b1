#include <deesse/dsl.h>

#define REFUSED(KIND, slug, ...)                                               \
	KIND(slug##_ordered, __VA_ARGS__, .collate = "C"),                 \
	    KIND(slug##_conflict, __VA_ARGS__, .required = true,                 \
		.on_conflict = "REPLACE"),                                     \
	    KIND(slug##_null, __VA_ARGS__, .nullable = true)

COLLECTION(targets) = { TEXT(name) };

COLLECTION(fields) = {
	REFUSED(TEXT, x, .comment = "c"),
	REFUSED(VECTOR, v, .dimensions = 3),
	REFUSED(COLUMN, c, .type = "text"),
	REFUSED(INTERVAL, iv, .comment = "c"),
	REFUSED(RELATION, r, targets),
	VECTOR(literal, .dimensions = 2, .default_value = "[1, 2]"),
	INTEGER(n),
	RELATION(list, targets, .array = true),
	UNIQUE(with, .on = {"n"}, .include = {"id"}),
	UNIQUE(later, .on = {"n"}, .deferred = true),
	UNIQUE(clash, .on = {"n"}, .on_conflict = "REPLACE"),
	UNIQUE(nulls, .on = {"n"}, .nulls_not_distinct = true),
	FOREIGN_KEY(open, targets, .on = {"n"}, .not_valid = true),
	FOREIGN_KEY(away, targets, .on = {"n"}, .table = "elsewhere"),
	TRIGGER(once, .event = "after insert", .sql = "SELECT 1;", .execute = "f", .statement = true),
	PARTITION_BY(RANGE, .on = {"n"}), PARTITION(p1, .from = "1", .to = "2", .partition_by = "LIST (n)", .name = "p", .schema = "s"), PARTITION(p3, .of = "p1", .values = VALUES("1")), PARTITION(p4, .modulus = 2, .remainder = 1), PARTITION(p5, .bound = "DEFAULT"), PARTITION(p6, .rest = true),
	VECTOR(list_of, .dimensions = 2, .array = true),
};

COLLECTION(keyed, .id = ID_NONE) = {
	INTEGER(a, .required = true),
	PRIMARY_KEY(.on = {"a"}, .include = {"a"}, .deferrable = true, .deferred = true, .on_conflict = "REPLACE"),
};

COLLECTION(guarded, .row_security = true, .force_row_security = true, .unlogged = true) = {
	TEXT(name),
};

COLLECTION(spelt, .id_required = true) = {
	RELATION(target, targets, .type = "bigint", .table = "Targets",
	    .key = "ID"),
};
