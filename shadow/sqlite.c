/* sqlite - plans and texts, tried on a scratch database */
#include <sqlite3.h>
#include <string.h>

#include "base/text.h"
#include "introspect/introspect.h"
#include "shadow/dialect.h"
#include "shadow/scratch.h"
#include "shadow/usable.h"
#include "shadow/witness.h"

static bool
run_statement(struct db *scratch, const char *sql, struct witness *w)
{
	sqlite3_stmt *stmt = NULL;
	int rc;

	witness_statement(w);
	rc = sqlite3_prepare_v2(db_handle(scratch), sql, -1, &stmt, NULL);
	if (rc == SQLITE_OK) {
		witness_before(w, scratch);
		while ((rc = stmt ? sqlite3_step(stmt) : SQLITE_DONE) ==
		       SQLITE_ROW)
			;
	}
	sqlite3_finalize(stmt);
	if (rc == SQLITE_DONE)
		witness_after(w, scratch);
	return rc == SQLITE_DONE;
}

/* What SQLite says, and what it means for whoever pushes; % is the name that
 * follows. */
static const struct {
	const char *says, *means;
} hints[] = {
	{ "no such function: ",
	    "function % is the application's own, and deesse does not have "
	    "it: what needs it must be changed by the application itself" },
	{ "no such collation sequence: ",
	    "collation % is the application's own, and deesse does not have "
	    "it: what needs it must be changed by the application itself" },
	{ "no such module: ",
	    "module % is the application's own, and deesse does not have it: "
	    "what needs it must be changed by the application itself" },
	{ "error in view ",
	    "SQLite renames and drops nothing while a view of the file cannot "
	    "run: correct view % or drop it, then push again" },
	{ "error in trigger ",
	    "SQLite renames and drops nothing while a trigger of the file "
	    "cannot run: correct trigger % or drop it, then push again" },
};

static void
add_hint(struct err *err, const char *message)
{
	for (size_t i = 0; i < sizeof(hints) / sizeof(*hints); i++) {
		const char *at = strstr(message, hints[i].says);
		const char *gap = strchr(hints[i].means, '%');
		const char *name;

		if (!at)
			continue;
		name = at + strlen(hints[i].says);
		err_add(err, "%.*s%.*s%s", (int)(gap - hints[i].means),
		    hints[i].means, (int)strcspn(name, ": "), name, gap + 1);
		return;
	}
}

static bool
run_step(struct db *scratch, const struct step *step, struct witness *w,
    struct err *err)
{
	for (size_t i = 0; i < step->sql.n; i++) {
		if (run_statement(scratch, step->sql.v[i], w))
			continue;
		err_fail(err, "the plan fails on a copy of the schema: %s",
		    sqlite3_errmsg(db_handle(scratch)));
		if (step->source.file)
			err_prefix(
			    err, "%s:%d", step->source.file, step->source.line);
		err_add(err, "in: %s", step->sql.v[i]);
		add_hint(err, sqlite3_errmsg(db_handle(scratch)));
		return false;
	}
	return true;
}

static bool
run_plan(struct db *scratch, const struct plan *plan, struct witness *w,
    struct findings *seen, struct err *err)
{
	/* as the real run: outside the transaction, or it does nothing */
	if (!db_rebuild_mode(scratch, plan->rebuilds, err) ||
	    !db_begin(scratch, err))
		return false;
	if (seen)
		witness_watch(w, scratch);
	for (size_t i = 0; i < plan->steps.n; i++) {
		if (seen)
			witness_step(w, plan->steps.v[i], &seen[i]);
		if (!run_step(scratch, plan->steps.v[i], w, err))
			return false;
	}
	witness_leave(scratch);
	return true;
}

static bool
is_predicted(
    struct db *scratch, const struct schema *predicted, struct err *err)
{
	struct arena a = { 0 };
	struct schema *got = introspect_like(&a, scratch, predicted, err);
	bool ok = got != NULL;

	if (ok && !schema_equal(got, predicted))
		ok = err_fail(err,
		    "the plan does not lead where it should; this is a defect "
		    "of deesse, and nothing was changed\n%s",
		    shadow_difference(&a, got, predicted));
	arena_release(&a);
	return ok;
}

static bool
sqlite_prove(struct arena *a, struct db *db, const struct plan *plan,
    const struct schema *predicted, struct findings *seen, struct err *err)
{
	struct witness w = { .a = a };
	struct map broken = { 0 };
	struct db *scratch = NULL;
	bool ok;

	ok = scratch_open(&scratch, err) && scratch_copy(scratch, db, err);
	if (ok)
		usable_broken(a, scratch, plan->diff->from, &broken);
	ok =
	    ok && run_plan(scratch, plan, &w, seen, err) &&
	    is_predicted(scratch, predicted, err) &&
	    usable_still(a, scratch, plan->diff->from, predicted, &broken, err);
	db_close(scratch);
	return ok;
}

static bool
sqlite_unusable(
    struct arena *a, struct db *db, struct schema *s, struct err *err)
{
	struct map broken = { 0 };
	struct db *scratch = NULL;
	bool ok = scratch_open(&scratch, err) && scratch_copy(scratch, db, err);

	if (ok) {
		usable_broken(a, scratch, s, &broken);
		usable_stops(a, scratch, s, &broken);
	}
	for (size_t i = 0; ok && i < s->objects.n; i++)
		s->objects.v[i]->unusable =
		    map_get(&broken, s->objects.v[i]->name);
	db_close(scratch);
	return ok;
}

/* A text may say what a schema is, and nothing about files. */
static int
no_files(void *data, int action, const char *one, const char *two,
    const char *schema, const char *trigger)
{
	(void)data;
	(void)one;
	(void)two;
	(void)schema;
	(void)trigger;
	return action == SQLITE_ATTACH || action == SQLITE_DETACH ? SQLITE_DENY
								  : SQLITE_OK;
}

/* Runs one statement and moves *text behind it. */
static bool
load_one(sqlite3 *handle, const char **text)
{
	sqlite3_stmt *stmt = NULL;
	const char *tail = NULL;
	int rc = sqlite3_prepare_v2(handle, *text, -1, &stmt, &tail);

	if (rc == SQLITE_OK) {
		while ((rc = stmt ? sqlite3_step(stmt) : SQLITE_DONE) ==
		       SQLITE_ROW)
			;
	}
	if (rc == SQLITE_DONE)
		*text = tail;
	sqlite3_finalize(stmt);
	return rc == SQLITE_DONE;
}

bool
scratch_load(struct db *scratch, const char *text, struct err *err)
{
	sqlite3 *handle = db_handle(scratch);
	const char *at = text;

	sqlite3_set_authorizer(handle, no_files, NULL);
	while (*at) {
		if (load_one(handle, &at))
			continue;
		at += strspn(at, " \t\r\n;");
		return err_fail(err, "%d: %s",
		    text_line(text, (size_t)(at - text)),
		    sqlite3_errmsg(handle));
	}
	return true;
}

static bool
sqlite_load(
    struct arena *a, const char *text, struct schema **out, struct err *err)
{
	struct db *scratch = NULL;
	bool ok;

	if (!scratch_open(&scratch, err))
		return false;
	ok = scratch_load(scratch, text, err) &&
	     (*out = introspect(a, scratch, err)) != NULL;
	db_close(scratch);
	return ok;
}

const struct shadow_dialect shadow_sqlite = {
	.prove = sqlite_prove,
	.unusable = sqlite_unusable,
	.load = sqlite_load,
	.explain = add_hint,
	.trial = &sqlite_trial,
};
