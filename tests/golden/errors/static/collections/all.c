#include <deesse/dsl.h>

static COLLECTION(users) = {
	TEXT(name),
};

static VIEW(v, .sql = "SELECT 1");
static const int three = 3;
