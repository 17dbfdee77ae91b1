#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(title),
};

CONFIG(.database = "sqlite:x.db");
