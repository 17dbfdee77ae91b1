#include <deesse/dsl.h>

COLLECTION(brace_open) = 
	TEXT(title),
};
