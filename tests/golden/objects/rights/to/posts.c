#include <deesse/dsl.h>

COLLECTION(posts, .no_timestamps = true) = {
	TEXT(title, .required = true),
	INTEGER(views),
	RELATION(author, users),
};

COLLECTION(users, .no_timestamps = true) = {
	TEXT(name),
};
