#include <deesse/dsl.h>

COLLECTION(last) = {
	TEXT(name),
};
end
