#include <deesse/dsl.h>

COLLECTION(places, .id = ID_NONE, .no_timestamps = true) = {
	TEXT(country),
	TEXT(city),
	INTEGER(rank),
	TEXT(note),
	PRIMARY_KEY(.on = {"city", "country"}, .constraint = "places_key"),
	UNIQUE(rank, .on = {"rank"}, .deferrable = true, .only = POSTGRES,
	    .nulls_not_distinct = false, .include = {"note"}),
	UNIQUE(note, .on = {DESC("note"), COLLATE("city", "NOCASE")},
	    .on_conflict = "IGNORE", .only = SQLITE),
	INDEX(where_null, .on = {NULLS_FIRST("rank"), NULLS_LAST("note")},
	    .only = POSTGRES),
	INDEX(folded, .on = {DESC(COLLATE(EXPR("lower(note)"), "C")),
	    OPS(COLLATE("city", "C"), "text_pattern_ops")}, .only = POSTGRES,
	    .nulls_not_distinct = true, .unique = true),
	INDEX(plain, .on = {COLLATE("note", "NOCASE")}, .only = SQLITE),
	CHECK(old, "rank > 0", .not_valid = true, .no_inherit = true,
	    .only = POSTGRES),
};

COLLECTION(visits) = {
	TEXT(country), TEXT(city), TEXT(who),
	FOREIGN_KEY(place, places, .on = {"city", "country"}, .match = "FULL",
	    .deferrable = true, .on_update = CASCADE),
	FOREIGN_KEY(late, places, .on = {"country", "who"}, .not_valid = true,
	    .references = {"country", "city"}, .only = POSTGRES),
	EXCLUDE(once, .on = {WITH(EXPR("lower(city)"), "=")},
	    .method = "hash", .where = "who <> ''", .deferred = true,
	    .only = POSTGRES),
};

COLLECTION(logs, .id = ID_NONE, .no_timestamps = true, .only = POSTGRES,
    .schema = "old", .unlogged = true) = {
	TEXT(kind), INTEGER(nr),
	PARTITION_BY(LIST, .on = {"kind"}),
	PARTITION(ab, .values = VALUES("a", "it's")),
	PARTITION(rest, .rest = true, .name = "logs_other"),
};
COLLECTION(hashed, .id = ID_NONE, .no_timestamps = true, .only = POSTGRES) = {
	INTEGER(nr),
	PARTITION_BY(HASH, .on = {"nr"}),
	PARTITION(p0, .modulus = 2),
	PARTITION(p1, .modulus = 2, .remainder = 1),
};
COLLECTION(ranged, .id = ID_NONE, .no_timestamps = true, .only = POSTGRES) = {
	INTEGER(a), INTEGER(b),
	PARTITION_BY(RANGE, .on = {"a", EXPR("b % 10")}),
	PARTITION(low, .bound = "FROM (MINVALUE, MINVALUE) TO (5, 0)"),
	PARTITION(high, .bound = "FROM (5, 0) TO (MAXVALUE, MAXVALUE)"),
};
COLLECTION(numbered, .id = ID_NONE, .no_timestamps = true, .only = POSTGRES) = {
	INTEGER(nr, .identity = "always", .bits = 32, .unique = true),
	INTEGER(other, .identity = "BY DEFAULT"),
	TEXT(country), TEXT(city),
	FOREIGN_KEY(place, places, .on = {"city", "country"},
	    .on_delete = SET_NULL, .on_delete_set = {"city"}),
};
COLLECTION(cut, .id = ID_NONE, .no_timestamps = true, .only = POSTGRES) = {
	TEXT(name), INTEGER(nr),
	PARTITION_BY(RANGE, .on = {EXPR("lower(name)"),
	    OPS(COLLATE("name", "C"), "text_pattern_ops"),
	    EXPR("abs(nr) + (2)")}),
};
COLLECTION(bare, .id = ID_NONE, .no_timestamps = true, .only = POSTGRES) = {
	NULL,
};
