/* shadow.h - what a plan would do, tried where it cannot hurt.
 *
 * A scratch database is an in-memory copy of a schema, without rows. The plan
 * runs on it first: a statement that fails, fails there; what the engine says
 * that each statement does is the third witness beside diff and the sentinel,
 * and sees through comments, quoting, triggers and cascades; and the outcome
 * must be the predicted schema. The real database is only read.
 */
#ifndef SHADOW_SHADOW_H
#define SHADOW_SHADOW_H

#include "base/verdict.h"
#include "db/db.h"
#include "schema/schema.h"
#include "transpile/transpile.h"

/* Writes state_dir/shadow/schema.sql, atomically; the same text again leaves
 * the file alone. The folder is made where it is missing. */
bool shadow_write(const char *state_dir, const char *ddl, struct err *err);

/* Returns what differs between two schemas, for people: lines of their
 * canonical texts below the table they belong to, the first few of them. ""
 * where nothing does. */
const char *shadow_difference(
    struct arena *a, const struct schema *got, const struct schema *wanted);

/* Runs the plan on a scratch copy of db's schema. An error names the statement
 * that failed, or the first differences to `predicted`. */
bool shadow_prove(struct arena *a, struct db *db, const struct plan *plan,
    const struct schema *predicted, struct err *err);

/* As shadow_prove, and adds to seen[i] what step i of the plan was seen to do.
 * The rules' names are those of diff/ and sentinel/: drop-table, drop-column,
 * delete … A table that the plan itself made may go; one that a rebuild
 * replaces may too, except for the columns that nothing read before. Of
 * PostgreSQL nothing is seen: there the transaction is the only trial. */
bool shadow_witness(struct arena *a, struct db *db, const struct plan *plan,
    const struct schema *predicted, struct findings *seen, struct err *err);

/* Adds to an error what the database's complaint in it means for whoever
 * pushes: what is an application's own, and cannot be made by another. */
void shadow_explain(enum dialect d, struct err *err);

/* Sets object.unusable of each view and trigger of the database's schema that
 * the database keeps although it cannot run. */
bool shadow_unusable(
    struct arena *a, struct db *db, struct schema *s, struct err *err);

/* Sets *out to the schema that the statements of a text make, run on an empty
 * scratch database. They cannot reach any file. An error begins with the line:
 * "3: no such table: users". */
bool shadow_load_sql(struct arena *a, enum dialect d, const char *text,
    struct schema **out, struct err *err);

/* A scratch copy of a schema on which single statements are tried. */
struct shadow_trial;

/* Makes one, of the database's schema or of the one that the text makes (the
 * other is NULL). Closed with shadow_trial_close. */
bool shadow_trial_open(struct shadow_trial **t, enum dialect d, struct db *db,
    const char *text, struct err *err);

/* Forgets which tables the statements made: they may hold rows by now. */
void shadow_trial_forget(struct shadow_trial *t);

/* Tries the statement and adds what it was seen to do; what is seen lives as
 * long as the trial. Statements that define something really run, so that the
 * next ones meet what they made; the others are only prepared, which is when
 * the engine says what they would do. False with the engine's reason where it
 * does not run. */
bool shadow_trial_run(struct shadow_trial *t, const char *sql,
    struct findings *seen, struct err *err);

void shadow_trial_close(struct shadow_trial *t);

#endif
