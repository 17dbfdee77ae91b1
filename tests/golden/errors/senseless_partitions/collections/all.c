#include <deesse/dsl.h>

COLLECTION(ranges) = {
	DATE(day, .required = true, .unique = true),
	PARTITION_BY(RANGE, .on = {"day"}),
	PARTITION(a, .from = "2026-01-01", .to = "2026-02-01"),
	PARTITION(b, .from = "2026-01-31", .to = "2026-03-01"),
	PARTITION(c, .from = "2026-05-01", .to = "2026-04-01"),
	PARTITION(d, .values = VALUES("2026-06-01")),
	PARTITION(e, .from = "2026-13-01"),
	PARTITION(f, .rest = true),
	PARTITION(g, .rest = true),
	PARTITION(h, .modulus = 2, .remainder = 1),
};

COLLECTION(lists, .id = ID_NONE) = {
	TEXT(a), TEXT(b),
	PARTITION_BY(LIST, .on = {"a", DESC("b")}),
	PARTITION(x, .values = VALUES("a", "b")),
	PARTITION(y, .values = VALUES("b", "c")),
	PARTITION(z, .from = "d"),
	PARTITION(w, .values = VALUES("e"), .remainder = 1),
	CHECK(own, "a > b", .no_inherit = true),
};

COLLECTION(hashes, .id = ID_NONE) = {
	INTEGER(a), INTEGER(b),
	PARTITION_BY(HASH, .on = {"a", "b"}),
	PARTITION(x, .modulus = 2, .remainder = 1),
	PARTITION(y, .modulus = 4, .remainder = 3),
	PARTITION(z, .modulus = 4, .remainder = 4),
	PARTITION(w, .rest = true),
};

COLLECTION(pairs, .id = ID_NONE) = {
	INTEGER(a), INTEGER(b),
	INDEX(a, .on = {"a"}, .unique = true),
	PARTITION_BY(RANGE, .on = {"a", "b"}),
	PARTITION(x, .from = "1", .to = "2"),
	PARTITION(y, .bound = "FROM (2, 1) TO (3, MAXVALUE)"),
};
