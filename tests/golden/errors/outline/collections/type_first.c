#include <deesse/dsl.h>

COLLECTION(type_first) = {
	TEXT title,
	INTEGER views,
};
