#include <deesse/dsl.h>

DOMAIN_TYPE(email, .type = "text", .check = "VALUE ~ '^[^@]+@[^@]+$'",
    .only = POSTGRES);
SEQUENCE(ticket_no, .start = "1000", .increment = "5", .only = POSTGRES);

COLLECTION(customers, .only = POSTGRES, .comment = "people who buy") = {
	COLUMN(email, .type = "email", .required = true,
	    .comment = "where bills go"),
	TEXT(name, .required = true, .collate = "C"),
	INTEGER(ticket, .default_sql = "nextval('ticket_no')", .unique = true),
	COLUMN(search, .type = "tsvector",
	    .generated = "to_tsvector('simple', name)", .stored = true),
	INDEX(search, .on = { "search" }, .method = "gin"),
	TRIGGER(audited, .event = "after insert or update or delete",
	    .execute = "audit()"),
};

COLLECTION(bookings, .only = POSTGRES) = {
	RELATION(customer, customers, .required = true),
	INTEGER(room, .required = true),
	COLUMN(during, .type = "tstzrange", .required = true),
	EXCLUDE(no_overlap, .on = { WITH("room", "="), WITH("during", "&&") }),
	TRIGGER(audited, .event = "after update",
	    .when = "OLD.* IS DISTINCT FROM NEW.*", .execute = "audit()"),
};

EXTENSION(btree_gist, .only = POSTGRES);
COLLECTION(audit_log, .no_timestamps = true, .only = POSTGRES) = {
	TEXT(table_, .column = "table", .required = true),
	TEXT(action, .required = true),
	JSON(before),
	JSON(after),
	TIMESTAMP(at, .default_sql = NOW, .required = true),
	TEXT(by, .default_sql = "CURRENT_USER", .required = true),
};
