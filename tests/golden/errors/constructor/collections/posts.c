#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(title),
};

__attribute__((constructor)) void evil(void);
void
evil(void)
{
}
