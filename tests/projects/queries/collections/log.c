#include <deesse/dsl.h>

COLLECTION(log, .id = ID_NONE, .no_timestamps = true) = {
	INTEGER(of),
	TEXT(value),
};
