/* sqlite_trial - single statements, tried on a scratch copy of a schema
 *
 * The statements are anybody's, so they reach no file and do not run for ever.
 */
#include <sqlite3.h>
#include <stdlib.h>

#include "shadow/dialect.h"
#include "shadow/scratch.h"
#include "shadow/witness.h"
#include "sql/lex.h"

#define OFTEN 1000     /* instructions between two looks at the clock */
#define PATIENCE 20000 /* looks */

struct trial {
	struct shadow_trial base;
	struct arena arena;
	struct db *scratch;
	struct witness witness;
	struct step step; /* none: statements belong to no plan */
	int looks;
};

static int
authorize(void *data, int action, const char *one, const char *two,
    const char *schema, const char *trigger)
{
	witness_event(data, action, one, two, schema, trigger);
	return action == SQLITE_ATTACH || action == SQLITE_DETACH ? SQLITE_DENY
								  : SQLITE_OK;
}

static int
lose_patience(void *data)
{
	struct trial *t = data;

	return ++t->looks > PATIENCE;
}

static bool
fill(struct trial *t, struct db *db, const char *text, struct err *err)
{
	return scratch_open(&t->scratch, err) &&
	       (db ? scratch_copy(t->scratch, db, err)
		   : scratch_load(t->scratch, text, err));
}

static void
close_trial(struct shadow_trial *base)
{
	struct trial *t = (struct trial *)base;

	db_close(t->scratch);
	arena_release(&t->arena);
	free(t);
}

static bool
open_trial(
    struct shadow_trial **out, struct db *db, const char *text, struct err *err)
{
	struct trial *t = xmalloc(sizeof(*t));

	*t = (struct trial){ .base.driver = &sqlite_trial };
	if (!fill(t, db, text, err)) {
		close_trial(&t->base);
		return false;
	}
	t->witness.a = &t->arena;
	sqlite3_set_authorizer(db_handle(t->scratch), authorize, &t->witness);
	sqlite3_progress_handler(
	    db_handle(t->scratch), OFTEN, lose_patience, t);
	*out = &t->base;
	return true;
}

static void
forget(struct shadow_trial *base)
{
	struct trial *t = (struct trial *)base;

	t->witness.created = (struct map){ 0 };
	db_rollback(t->scratch);
}

/* Does the statement only say what the schema is, or where a transaction
 * begins and ends? */
static bool
defines(const char *sql, size_t len)
{
	static const char *const words[] = { "create", "alter", "drop", "begin",
		"commit", "end", "rollback", "savepoint", "release" };
	struct lexer l;
	struct token t;
	bool found = false;

	lex_init(&l, DIALECT_SQLITE, sql, len);
	lex_next(&l, &t);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		found |= token_is(&t, words[i]);
	lex_release(&l);
	return found;
}

static bool
run(struct shadow_trial *base, const char *sql, struct findings *seen,
    struct err *err)
{
	struct trial *t = (struct trial *)base;
	sqlite3 *handle = db_handle(t->scratch);
	sqlite3_stmt *stmt = NULL;
	int rc;

	t->looks = 0;
	witness_step(&t->witness, &t->step, seen);
	witness_statement(&t->witness);
	rc = sqlite3_prepare_v2(handle, sql, -1, &stmt, NULL);
	if (rc == SQLITE_OK && stmt && defines(sql, strlen(sql))) {
		witness_before(&t->witness, t->scratch);
		while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
			;
		if (rc == SQLITE_DONE)
			witness_after(&t->witness, t->scratch);
	}
	if (rc != SQLITE_OK && rc != SQLITE_DONE)
		err_fail(err, "%s", sqlite3_errmsg(handle));
	sqlite3_finalize(stmt);
	return rc == SQLITE_OK || rc == SQLITE_DONE;
}

const struct trial_driver sqlite_trial = { open_trial, forget, run,
	close_trial };
