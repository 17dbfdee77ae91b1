#include <deesse/dsl.h>

COLLECTION(json) = {
	"title": TEXT,
};
