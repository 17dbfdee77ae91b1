#include <deesse/dsl.h>

COLLECTION(posts) = {
	RELATION(author),
	RELATION(editor, .required = true),
	HAS_MANY(comments),
};
