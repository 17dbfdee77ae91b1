#include <deesse/dsl.h>

TEXT(title, .max = 3);

COLLECTION(posts) = {
	TEXT(title),
	VIEW(all, .sql = "SELECT 1"),
};
