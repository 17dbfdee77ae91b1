/* postgres - without a server, PostgreSQL's DDL cannot be tried */
#include "shadow/dialect.h"

/* A plan is proven in its own transaction, and there is no authorizer to ask:
 * without a copy, nothing is seen. */
static bool
postgres_prove(struct arena *a, struct db *db, const struct plan *plan,
    const struct schema *predicted, struct findings *seen, struct err *err)
{
	(void)a;
	(void)plan;
	(void)predicted;
	if (seen)
		return true;
	return err_fail(err,
	    "%s: a plan for PostgreSQL is proven in its own transaction, not "
	    "on a copy",
	    db_name(db));
}

static bool
postgres_load(
    struct arena *a, const char *text, struct schema **out, struct err *err)
{
	(void)a;
	(void)text;
	(void)out;
	return err_fail(
	    err, "a text of PostgreSQL can only be read by a server");
}

static bool
postgres_open(
    struct shadow_trial **t, struct db *db, const char *text, struct err *err)
{
	(void)t;
	(void)db;
	(void)text;
	return err_fail(err,
	    "statements are tried on a schema of SQLite only; of PostgreSQL "
	    "name the database that they will meet: --schema "
	    "postgresql://…");
}

/* None is ever opened, so the rest is never called. */
static const struct trial_driver postgres_trial = { .open = postgres_open };

const struct shadow_dialect shadow_postgres = {
	.prove = postgres_prove,
	.unusable = postgres_unusable,
	.load = postgres_load,
	.trial = &postgres_trial,
};
