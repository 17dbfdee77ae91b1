#include <deesse/dsl.h>

COLLECTION(entries, .was = "posts", .no_timestamps = true) = {
	TEXT(head, .was = "title", .required = true),
	INTEGER(views),
	RELATION(author, users),
};

COLLECTION(users, .no_timestamps = true) = {
	TEXT(name),
};
