#include <deesse/dsl.h>

COLLECTION(devices, .only = POSTGRES) = {
	TEXT(serial, .required = true, .unique = true),
	COLUMN(address, .type = "inet"),
	COLUMN(mac, .type = "macaddr"),
	INTERVAL(every, .default_value = "00:01:00", .required = true),
};

COLLECTION(readings, .id = ID_NONE, .no_timestamps = true, .only = POSTGRES) = {
	RELATION(device, devices, .required = true),
	TIMESTAMP(at, .required = true),
	REAL(value, .required = true),
	INTEGER(quality, .bits = 16, .default_value = "0", .required = true),
	PRIMARY_KEY(.on = { "device", "at" }),
	PARTITION_BY(RANGE, .on = { "at" }),
	PARTITION(y2025, .from = "2025-01-01", .to = "2026-01-01"),
	PARTITION(y2026, .from = "2026-01-01", .to = "2027-01-01",
	    .partition_by = "LIST (device_id)"),
	PARTITION(y2026_lab, .of = "y2026", .values = VALUES("1", "2")),
	PARTITION(y2026_rest, .of = "y2026", .rest = true),
	PARTITION(later, .rest = true),
	INDEX(at, .on = { "at" }, .method = "brin",
	    .with = "pages_per_range = 32"),
};

COLLECTION(jobs_log, .id = ID_NONE, .no_timestamps = true, .only = POSTGRES,
    .unlogged = true) = {
	UUID(job, .primary_key = true, .required = true,
	    .default_sql = NEW_UUID),
	TEXT(line),
	PARTITION_BY(HASH, .on = { "job" }),
	PARTITION(h0, .modulus = 2, .remainder = 0),
	PARTITION(h1, .modulus = 2, .remainder = 1),
};
