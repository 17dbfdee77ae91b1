#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(text),
	PERMISSIONS(),
	HOOKS(),
	PRIMARY_KEY(),
};
