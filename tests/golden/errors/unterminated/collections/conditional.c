#include <deesse/dsl.h>

COLLECTION(conditional) = {
#ifdef DEESSE_POSTGRES
	TEXT(a),
};
