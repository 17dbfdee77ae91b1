/* An event log: divided by month, found by what is in it. */
#include <deesse/dsl.h>

EXTENSION(btree_gist, .only = POSTGRES);

/* pg_partman makes these at night */
IGNORE("events_p20*");

COLLECTION(events, .id = ID_NONE, .no_timestamps = true) = {
	UUID(id, .default_sql = NEW_UUID),
	TIMESTAMP(at, .required = true, .default_sql = NOW),
	TEXT(kind, .required = true),
	JSON(payload, .required = true, .default_value = "{}"),
	TEXT(tags, .array = true, .default_value = "{}", .required = true),
	INTEGER(shard, .bits = 16),
	REAL(latency_ms, .min = "0"),
	TEXT(user_id, .generated = "payload->>'user_id'", .stored = true),
	DATE(day, .generated = "(at AT TIME ZONE 'UTC')::date",
	    .stored = true),
	INTERVAL(ttl),
	COLUMN(client_ip, .type = "inet"),
	COLUMN(search, .type = "tsvector", .stored = true,
	    .generated = "to_tsvector('simple'::regconfig, kind)"),

	PRIMARY_KEY(.on = {"id", "at"}),
	PARTITION_BY(RANGE, .on = {"at"}),
	PARTITION(november, .from = "2026-11-01", .to = "2026-12-01"),
	PARTITION(others, .rest = true),

	INDEX(payload, .on = {OPS("payload", "jsonb_path_ops")},
	    .method = "gin"),
	INDEX(tags, .on = {"tags"}, .method = "gin"),
	INDEX(recent, .on = {"kind", NULLS_LAST(DESC("at"))},
	    .include = {"shard"}),
	INDEX(user, .on = {EXPR("payload->>'user_id'")},
	    .where = "payload ? 'user_id'"),
	INDEX(brin, .on = {"at"}, .method = "brin",
	    .with = "pages_per_range = 32"),
	INDEX(search, .on = {"search"}, .method = "gin"),
	CHECK(payload_is_object, "jsonb_typeof(payload) = 'object'"),
};

/* A machine is down once at a time. */
COLLECTION(outages) = {
	TEXT(machine, .required = true),
	COLUMN(during, .type = "tstzrange", .required = true),
	EXCLUDE(once, .on = {WITH("machine", "="), WITH("during", "&&")}),
};

SEQUENCE(ticket_no, .start = "1000", .increment = "5", .cache = "10");
