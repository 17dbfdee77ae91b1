#include <deesse/dsl.h>
#include <stdbool.h>
#include <stddef.h>

COLLECTION(without) = {
	TEXT(name, .required = true, .unique = false, .comment = NULL),
};
