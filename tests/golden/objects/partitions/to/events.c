#include <deesse/dsl.h>

COLLECTION(events, .id = ID_NONE, .no_timestamps = true) = {
	TIMESTAMP(at, .required = true),
	TEXT(kind),
	INTEGER(size),
	PRIMARY_KEY(.on = {"at"}),
	PARTITION_BY(RANGE, .on = {"at"}),
	PARTITION(old, .from = "2025-01-01", .to = "2026-01-01"),
	INDEX(kind, .on = {"kind"}),
};
