#include <deesse/dsl.h>

COLLECTION(posts, .no_timestamps = true) = {
	TEXT(title, .required = true),
	INTEGER(views, .bits = 32),
	RELATION(author, users),
};

COLLECTION(users, .no_timestamps = true) = {
	TEXT(name),
};
