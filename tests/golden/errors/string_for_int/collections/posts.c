#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(title, .max = "100"),
	TEXT(body, .max = "many"),
};
