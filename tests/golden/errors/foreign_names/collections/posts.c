#include <deesse/dsl.h>

COLLECTION(users) = { TEXT(name) };
COLLECTION(posts) = {
	INTEGER(a), INTEGER(b),
	FOREIGN_KEY(f, users, .on = {"a", "b"}),
	FOREIGN_KEY(g, usrs, .on = {"a"}),
	FOREIGN_KEY(h, users, .on = {"zz"}),
	FOREIGN_KEY(i, users, .on = {"a"}, .references = {"nme"}),
};
