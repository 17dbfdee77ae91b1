#include <deesse/dsl.h>

ENUM_TYPE(mood, VALUES("good", "good"), .values_was = WAS("a", "b", "c"));
VIEW(nothing);
IGNORE("");
VIEW(twice, .sql = "SELECT 1", .schema = "a");

COLLECTION(posts) = {
	ENUM(mood, .type = "moood"),
	ENUM(both, .type = mood, .values = VALUES("x")),
	ENUM(kind, .type = mood, .default_value = "goood"),
	VECTOR(v),
	COLUMN(c),
	TIME(t, .default_value = "25:00"),
	TEXT(many, .array = true, .min = 3, .default_value = "a"),
	RELATION(authors, users, .array = true),
	TEXT(filled, .backfill = "''"),
	INTEGER(nr, .autoincrement = true),
	TEXT(loose, .nullable = true),
	HAS_ONE(profile, profiles),
	EXCLUDE(e, .on = {"mood"}, .only = POSTGRES),
	INDEX(i, .on = {WITH("mood", "=")}),
	PARTITION(p, .from = "1"),
	TRIGGER(t),
	FOREIGN_KEY(f, profiles, .on = {DESC("nr")}, .match = "HALF"),
	UNIQUE(u, .on = {EXPR("lower(c)")}, .on_conflict = "EXPLODE"),
};

COLLECTION(users) = { TEXT(name) };
COLLECTION(profiles) = { RELATION(post, posts) };
