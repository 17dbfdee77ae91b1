#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(content),
	RELATION(author, users, .on_delete = "CASCADE"),
};
