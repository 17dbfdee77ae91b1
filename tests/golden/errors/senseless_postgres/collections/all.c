#include <deesse/dsl.h>

SEQUENCE(a, .min = "5", .max = "4");
SEQUENCE(b, .min = "5", .start = "4");
SEQUENCE(c, .increment = "0", .cache = "0");
SEQUENCE(d, .owned_by = "", .type = "");
DOMAIN_TYPE(e, .type = "text", .check = "");
EXTENSION(f, .version = "");

COLLECTION(users) = {
	INTEGER(nr, .collate = "C"),
	TEXT(name, .collate = ""),
	JSON(meta, .plain = true, .unique = true),
	VECTOR(taste, .dimensions = 2, .default_value = "[1]"),
	CHECK(nr, "nr > 0", .unnamed = true),
	INTEGER(numbered, .identity = "always", .array = true),
	INTEGER(filled, .identity = "always", .required = true,
	    .backfill = "1"),
	INDEX(plain, .on = {"nr"}, .nulls_not_distinct = true),
	INDEX(gin, .on = {DESC("name")}, .method = "gin"),
	INDEX(hash, .on = {"nr", "name"}, .method = "hash"),
	INDEX(unique, .on = {"nr"}, .method = "gist", .unique = true),
	INDEX(brin, .on = {"nr"}, .method = "brin", .include = {"name"}),
	INDEX(nulls, .on = {NULLS_FIRST(NULLS_LAST("nr"))}),
	POLICY(seen, .on = "insert", .using = "true"),
	POLICY(written, .on = "select", .with_check = "true"),
	TRIGGER(cleared, .event = "after truncate", .execute = "f()"),
	TRIGGER(odd, .event = "on update", .execute = "f()"),
	TRIGGER(own, .event = "after update", .execute = "f()",
	    .sql = "SELECT 1", .only = POSTGRES),
	TRIGGER(theirs, .event = "after update", .execute = "f()",
	    .sql = "SELECT 1", .only = SQLITE),
};

COLLECTION(numbers, .id = ID_NONE) = {
	INTEGER(both, .identity = "always", .autoincrement = true,
	    .primary_key = true),
};

COLLECTION(posts) = {
	TEXT(name),
	INTEGER(nr),
	RELATION(user, users, .match = "PARTIAL"),
	FOREIGN_KEY(a, users, .on = {"name"}),
	FOREIGN_KEY(b, users, .on = {"name"}, .references = {"name"}),
	FOREIGN_KEY(c, users, .on = {"nr"}, .match = "PARTIAL"),
	FOREIGN_KEY(d, users, .on = {"nr"}, .on_delete_set = {"nr"}),
	FOREIGN_KEY(e, users, .on = {"nr"}, .on_delete = SET_NULL,
	    .on_delete_set = {"name"}),
	RELATION(other, users, .implicit = true),
};
