/* What else no other case says. */
#include <deesse/dsl.h>

ENUM_TYPE(mood, VALUES("calm", "wild"), .name = "moods", .schema = "app");
ENUM_TYPE(elsewhere, VALUES("x"), .only = POSTGRES);
VIEW(seen, .sql = "SELECT 1 AS one", .name = "seen_by_all", .schema = "app");

COLLECTION(kept, .id = ID_AUTOINCREMENT, .row_security = true,
    .force_row_security = true, .unlogged = true, .only = POSTGRES) = {
	TEXT(name),
};

COLLECTION(counted, .autoincrement = true) = {
	TEXT(name),
	TEXT(mail),
	INTEGER(n),
	INDEX(a, .on = {"name"}, .comment = "an index"),
	UNIQUE(b, .on = {"name", "mail"}, .comment = "a key"),
	UNIQUE(c, .on = {"mail", "n"}, .deferred = true, .only = POSTGRES),
	UNIQUE(d, .on = {"mail", "name", "n"}, .nulls_not_distinct = true,
	    .include = {"id"}, .only = POSTGRES),
	CHECK(e, "n > 0", .comment = "a check"),
	HOOKS(.before_create = "a", .after_create = "b", .before_update = "c",
	    .after_update = "d", .before_delete = "e", .after_delete = "f",
	    .before_read = "g", .after_read = "h"),
	TRIGGER(f, .event = "after insert", .name = "after_all",
	    .sql = "SELECT 1;", .only = SQLITE),
	POLICY(g, .using = "n > 1", .name = "by_number", .only = POSTGRES),
};

COLLECTION(lines, .id = ID_NONE) = {
	INTEGER(a, .required = true),
	INTEGER(b, .required = true),
	TEXT(c),
#ifdef DEESSE_POSTGRES
	PRIMARY_KEY(.on = {"a", "b"}, .comment = "two", .deferred = true,
	    .include = {"c"}),
#else
	PRIMARY_KEY(.on = {"a", "b"}, .comment = "two",
	    .on_conflict = "REPLACE"),
#endif
};

COLLECTION(later, .id = ID_NONE, .only = POSTGRES) = {
	INTEGER(a, .required = true),
	PRIMARY_KEY(.on = {"a"}, .deferrable = true),
};

COLLECTION(parts) = {
	INTEGER(a),
	INTEGER(b),
	UNIQUE(pair, .on = {"a", "b"}),
	FOREIGN_KEY(own, parts, .on = {"a", "b"}, .references = {"a", "b"},
	    .name = "own_key", .comment = "a key", .deferred = true),
	FOREIGN_KEY(open, parts, .on = {"a", "b"}, .references = {"a", "b"},
	    .not_valid = true, .only = POSTGRES),
	FOREIGN_KEY(away, parts, .on = {"a", "b"}, .references = {"x", "y"},
	    .table = "elsewhere", .only = SQLITE),
};

#ifdef DEESSE_POSTGRES
DOMAIN_TYPE(mail, .type = "text", .name = "mails", .schema = "app");
SEQUENCE(numbers, .name = "all_numbers", .schema = "app");

COLLECTION(booked) = {
	INTEGER(room),
	COLUMN(during, .type = "tsrange"),
	EXCLUDE(once, .on = {WITH("during", "&&")}, .include = {"room"},
	    .name = "booked_once", .comment = "no two", .deferrable = true),
	TRIGGER(first, .event = "before insert", .name = "first_of_all",
	    .execute = "app_first", .statement = true),
};

COLLECTION(logged, .id = ID_NONE, .no_timestamps = true) = {
	DATE(at),
	TEXT(country),
	PARTITION_BY(RANGE, .on = {"at"}, .only = POSTGRES),
	PARTITION(y1, .from = "2026-01-01", .to = "2027-01-01",
	    .partition_by = "LIST (country)", .schema = "app"),
	PARTITION(y1_de, .of = "y1", .values = VALUES("de"), .name = "german"),
	PARTITION(y2, .bound = "FROM ('2027-01-01') TO (MAXVALUE)"),
};

COLLECTION(hashed, .id = ID_NONE, .no_timestamps = true) = {
	INTEGER(n),
	PARTITION_BY(HASH, .on = {"n"}),
	PARTITION(h0, .modulus = 2, .remainder = 0),
	PARTITION(h1, .modulus = 2, .remainder = 1),
};
#endif

/* As another tool spelt it in the file. */
COLLECTION(spelt, .id_required = true, .only = SQLITE) = {
	TEXT(name),
};

COLLECTION(spelling, .only = SQLITE) = {
	RELATION(of, spelt, .type = "bigint", .table = "Spelt", .key = "ID"),
};
