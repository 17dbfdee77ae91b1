#include <deesse/dsl.h>

COLLECTION(brace) = {
	TEXT(name),
}};

COLLECTION named = {
	TEXT(name),
};
