#include <deesse/dsl.h>

COLLECTION(visits, .id = ID_NONE, .no_timestamps = true) = {
	DATE(day),
	TEXT(country),
	PARTITION_BY(RANGE, .on = {"day"}),
	PARTITION(p2026, .from = "2026-01-01", .to = "2027-01-01"),
	PARTITION(at, .of = "p2026", .values = VALUES("at")),
	PARTITION(de, .of = "p2025", .values = VALUES("de")),
};
