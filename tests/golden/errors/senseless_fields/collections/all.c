#include <deesse/dsl.h>

COLLECTION(users, .id = ID_NONE) = {
	INTEGER(nr, .primary_key = true, .autoincrement = true,
	    .default_value = "1"),
	INTEGER(sum, .generated = "nr + 1", .stored = true, .required = true,
	    .backfill = "0"),
	INTEGER(twice, .generated = "nr * 2", .stored = true,
	    .using = "twice::bigint"),
	TEXT(name, .was = "name"),
	TEXT(mail, .check = "", .comment = ""),
	TEXT(empty, .generated = "", .using = "", .match = ""),
	TEXT(slug, .lowercase = true, .default_value = "Slug"),
	INTEGER(small, .bits = 16, .min = "-40000", .max = "40000"),
	INTEGER(large, .max = "9223372036854775808"),
	DECIMAL(price, .precision = 4, .scale = 2, .min = "-100", .max = "100"),
	TIMESTAMP(at, .local = true, .default_value = "2026-01-31 12:00:00Z"),
	BLOB(pictures, .array = true, .max = 10),
	INTEGER(numbers, .array = true, .autoincrement = true),
	TEXT(alone, .constraint = "users_alone"),
};

COLLECTION(posts, .id = ID_NONE) = {
	RELATION(user, users, .primary_key = true, .on_delete = SET_NULL),
	RELATION(other, users, .required = true, .on_delete = SET_DEFAULT),
	RELATION(again, users, .implicit = true, .references = "nr"),
	HAS_MANY(again, comments),
	HAS_ONE(lines, comments),
	HAS_MANY(lines, comments),
	HAS_MANY(created_at, comments),
	TEXT(kept, .only = POSTGRES),
	TEXT(kept, .only = SQLITE),
};

COLLECTION(comments, .only = SQLITE) = {
	RELATION(post, posts, .unique = true),
	RELATION(note, notes),
	TEXT(text, .only = POSTGRES),
};

COLLECTION(notes, .only = POSTGRES) = {
	TEXT(text, .only = SQLITE),
	INDEX(by_text, .on = {"text"}, .only = SQLITE),
};
