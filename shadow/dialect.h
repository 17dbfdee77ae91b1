/* dialect.h - what shadow/ needs of a dialect: one row each.
 *
 * Only shadow/ includes this.
 */
#ifndef SHADOW_DIALECT_H
#define SHADOW_DIALECT_H

#include "shadow/shadow.h"

struct trial_driver {
	bool (*open)(struct shadow_trial **t, struct db *db, const char *text,
	    struct err *err);
	void (*forget)(struct shadow_trial *t);
	bool (*run)(struct shadow_trial *t, const char *sql,
	    struct findings *seen, struct err *err);
	void (*close)(struct shadow_trial *t);
};

/* What every driver's trial begins with. */
struct shadow_trial {
	const struct trial_driver *driver;
};

struct shadow_dialect {
	/* seen may be NULL */
	bool (*prove)(struct arena *a, struct db *db, const struct plan *plan,
	    const struct schema *predicted, struct findings *seen,
	    struct err *err);
	/* NULL: it keeps none that cannot run */
	bool (*unusable)(
	    struct arena *a, struct db *db, struct schema *s, struct err *err);
	bool (*load)(struct arena *a, const char *text, struct schema **out,
	    struct err *err);
	/* Adds to err what the message means, if that is known; or NULL. */
	void (*explain)(struct err *err, const char *message);
	const struct trial_driver *trial;
};

extern const struct trial_driver sqlite_trial;
/* shadow/postgres_usable.c */
bool postgres_unusable(
    struct arena *a, struct db *db, struct schema *s, struct err *err);

extern const struct shadow_dialect shadow_sqlite, shadow_postgres;

#endif
