#include <deesse/dsl.h>

VEIW(v, .sql = "SELECT 1");

COLLECTION(view) = {
	TEXT(name),
};
