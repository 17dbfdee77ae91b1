#include <deesse/dsl.h>

COLLECTION(users) = {
	TEXT(name)
	TEXT(mail, .uniqe = true),
};
