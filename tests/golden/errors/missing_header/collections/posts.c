#include <deesse/dsl.h>

#include "nowhere.h"

COLLECTION(posts) = {
	TEXT(title),
};
