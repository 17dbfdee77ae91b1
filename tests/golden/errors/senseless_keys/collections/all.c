#include <deesse/dsl.h>

COLLECTION(users, .constraint = "users_key", .was = "users") = {
	TEXT(name, .collate = "C"),
	TEXT(mail),
	INDEX(a, .on = {"name"}, .was = "a"),
	INDEX(b, .on = {"name"}, .where = ""),
	INDEX(c, .on = {EXPR("")}),
	INDEX(d, .on = {"name"}, .comment = ""),
	UNIQUE(pair, .on = {"name", "mail"}),
};

COLLECTION(loose, .id = ID_NONE, .constraint = "loose_key") = {
	TEXT(name),
};

COLLECTION(both, .id = ID_NONE, .constraint = "both_key") = {
	TEXT(a, .required = true),
	PRIMARY_KEY(.on = {"a"}, .constraint = "key_of_both"),
	FOREIGN_KEY(pair, users, .on = {"a", "a"},
	    .references = {"name", "mail"}),
	FOREIGN_KEY(name, users, .on = {"a"}, .references = {"name"},
	    .implicit = true),
};
