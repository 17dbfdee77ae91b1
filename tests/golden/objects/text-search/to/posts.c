#include <deesse/dsl.h>

COLLECTION(posts, .no_timestamps = true) = {
	TEXT(title, .required = true),
	INTEGER(views),
#ifdef DEESSE_POSTGRES
	INDEX(words, .on = {EXPR("to_tsvector('plain', title)")}, .method = "gin"),
#endif
	RELATION(author, users),
};

COLLECTION(users, .no_timestamps = true) = {
	TEXT(name),
};
