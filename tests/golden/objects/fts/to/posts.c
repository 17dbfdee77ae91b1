#include <deesse/dsl.h>

COLLECTION(posts, .no_timestamps = true) = {
	TEXT(title, .required = true),
	INTEGER(views, .required = true, .default_value = "0"),
	RELATION(author, users),
};

COLLECTION(users, .no_timestamps = true) = {
	TEXT(name),
};
