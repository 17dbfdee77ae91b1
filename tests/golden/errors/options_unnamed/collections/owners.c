#include <deesse/dsl.h>

COLLECTION(owners) = {
	INTEGER(views, .match = "x"),
	BOOLEAN(on, .max = "3"),
};
