/* shadow - what a plan would do, tried where it cannot hurt */
#include "shadow/shadow.h"

#include <string.h>

#include "base/file.h"
#include "shadow/dialect.h"

static const struct shadow_dialect *const dialects[DIALECT_COUNT] = {
	[DIALECT_SQLITE] = &shadow_sqlite,
	[DIALECT_POSTGRES] = &shadow_postgres,
};

bool
shadow_write(const char *state_dir, const char *ddl, struct err *err)
{
	struct arena a = { 0 };
	const char *folder = file_join(&a, state_dir, "shadow");
	bool ok;

	ok = file_mkdirs(folder, 0755, err) &&
	     file_update(
		 file_join(&a, folder, "schema.sql"), ddl, strlen(ddl), err);
	arena_release(&a);
	return ok;
}

bool
shadow_prove(struct arena *a, struct db *db, const struct plan *plan,
    const struct schema *predicted, struct err *err)
{
	return dialects[plan->dialect]->prove(
	    a, db, plan, predicted, NULL, err);
}

bool
shadow_witness(struct arena *a, struct db *db, const struct plan *plan,
    const struct schema *predicted, struct findings *seen, struct err *err)
{
	return dialects[plan->dialect]->prove(
	    a, db, plan, predicted, seen, err);
}

void
shadow_explain(enum dialect d, struct err *err)
{
	struct arena a = { 0 };

	/* the lines below hold the statement, which may say anything */
	if (dialects[d]->explain && err->text)
		dialects[d]->explain(err,
		    arena_strndup(&a, err->text, strcspn(err->text, "\n")));
	arena_release(&a);
}

bool
shadow_unusable(
    struct arena *a, struct db *db, struct schema *s, struct err *err)
{
	const struct shadow_dialect *d = dialects[s->dialect];

	return !d->unusable || d->unusable(a, db, s, err);
}

bool
shadow_load_sql(struct arena *a, enum dialect d, const char *text,
    struct schema **out, struct err *err)
{
	return dialects[d]->load(a, text, out, err);
}

bool
shadow_trial_open(struct shadow_trial **t, enum dialect d, struct db *db,
    const char *text, struct err *err)
{
	return dialects[d]->trial->open(t, db, text, err);
}

void
shadow_trial_forget(struct shadow_trial *t)
{
	t->driver->forget(t);
}

bool
shadow_trial_run(struct shadow_trial *t, const char *sql, struct findings *seen,
    struct err *err)
{
	return t->driver->run(t, sql, seen, err);
}

void
shadow_trial_close(struct shadow_trial *t)
{
	if (t)
		t->driver->close(t);
}
