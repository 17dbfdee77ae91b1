/* libpq - PostgreSQL's client library, loaded when it is first needed */
#include "db/libpq.h"

#include <dlfcn.h>

#define LIBRARY "libpq.so.5"

/* Called through dlsym, which gives a pointer to no type of function: the
 * union says what POSIX promises, that both have one representation. */
static bool
find(void *library, const char *name, void *member, struct err *err)
{
	union {
		void *object;
		void **slot;
	} to = { .object = member };

	*to.slot = dlsym(library, name);
	return *to.slot ||
	       err_fail(err,
		   "%s has no %s, which deesse needs: PostgreSQL's client "
		   "library must be version 14 or newer",
		   LIBRARY, name);
}

const struct libpq *
libpq(struct err *err)
{
	static struct libpq found;
	static void *library;

	if (library)
		return &found;
	library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
	if (!library) {
		err_fail(err,
		    "PostgreSQL's client library is not here: %s\n"
		    "install it (Debian: libpq5)",
		    dlerror());
		return NULL;
	}
#define X(f)                                                                   \
	if (!find(library, #f, &found.f, err))                                 \
		goto unusable;
	LIBPQ_FUNCTIONS(X)
#undef X
	return &found;
unusable:
	dlclose(library);
	library = NULL;
	return NULL;
}
