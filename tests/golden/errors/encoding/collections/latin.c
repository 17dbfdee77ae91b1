#include <deesse/dsl.h>

COLLECTION(latin, .label = "Beiträge") = {
	TEXT(a, .default_value = "ä"),
};