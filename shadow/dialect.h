/* dialect.h - what shadow/ needs of a dialect: one row each.
 *
 * Only shadow/ includes this.
 */
#ifndef SHADOW_DIALECT_H
#define SHADOW_DIALECT_H

#include "shadow/shadow.h"

struct shadow_dialect {
	/* seen may be NULL */
	bool (*prove)(struct arena *a, struct db *db, const struct plan *plan,
	    const struct schema *predicted, struct findings *seen,
	    struct err *err);
	bool (*load)(struct arena *a, const char *text, struct schema **out,
	    struct err *err);
};

extern const struct shadow_dialect shadow_sqlite, shadow_postgres;

#endif
