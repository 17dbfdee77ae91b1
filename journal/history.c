/* history - the runs of the past, read back */
#include "journal/journal.h"

#include <string.h>

#include "journal/dialect.h"

/* What a row is read into. */
struct reading {
	struct arena *a;
	void *out;
	size_t rows;
};

bool
journal_each(struct db *db, const char *sql, const char *const *params,
    size_t n, void (*read)(void *arg, struct db_rows *r), void *arg,
    struct err *err)
{
	struct err e = { 0 };
	struct db_rows *r = db_query(db, sql, params, n, err);

	if (!r)
		return false;
	while (db_rows_next(r, &e))
		read(arg, r);
	db_rows_end(r);
	if (e.kind)
		*err = e;
	return !e.kind;
}

static const char *
text(struct arena *a, struct db_rows *r, int i)
{
	return db_null(r, i) ? NULL : arena_strdup(a, db_text(r, i));
}

bool
journal_counter(struct db *db, int64_t *n, struct err *err)
{
	return db_count(db, journal_sql(db_dialect(db))->counter, n, err);
}

static void
read_entry(void *arg, struct db_rows *r)
{
	struct reading *to = arg;
	struct journal_entry x = {
		.id = db_int(r, 0),
		.at = text(to->a, r, 1),
		.who = text(to->a, r, 2),
		.command = text(to->a, r, 3),
		.version = text(to->a, r, 4),
		.verdict = text(to->a, r, 5),
		.statements = db_int(r, 6),
		.undoes = db_int(r, 7),
		.undone_by = db_int(r, 8),
		.trash = text(to->a, r, 9),
		.entries = db_int(r, 10),
		.before = text(to->a, r, 11),
		.after = text(to->a, r, 12),
		.counter_before = db_int(r, 13),
		.counter_after = db_int(r, 14),
	};

	vec_push(to->a, (struct journal_entries *)to->out, x);
}

static void
read_missing(void *arg, struct db_rows *r)
{
	(void)r;
	++*(size_t *)arg;
}

/* What does the database have: no journal, one of an older version, one that
 * can be asked everything? Whoever only reads cannot bring it up to date. */
static bool
look(struct db *db, bool *there, bool *whole, struct err *err)
{
	const struct journal_sql *sql = journal_sql(db_dialect(db));
	size_t tables = 0, missing = 0;

	if (!journal_each(db, sql->exists, NULL, 0, read_missing, &tables, err))
		return false;
	*there = tables > 0;
	for (const struct journal_column *c = sql->columns;
	     *there && c && c->add; c++)
		if (!journal_each(
			db, c->missing, NULL, 0, read_missing, &missing, err))
			return false;
	*whole = *there && !missing;
	return true;
}

bool
journal_history(struct arena *a, struct db *db, int limit,
    struct journal_entries *out, struct err *err)
{
	const struct journal_sql *sql = journal_sql(db_dialect(db));
	const char *params[] = { arena_fmt(a, "%d", limit ? limit : -1) };
	struct reading to = { .a = a, .out = out };
	bool there, whole;

	if (!look(db, &there, &whole, err))
		return false;
	if (!there)
		return true;
	return journal_each(db, whole ? sql->history : sql->old_history, params,
	    1, read_entry, &to, err);
}

static enum verdict
verdict_of(const char *name)
{
	return strcmp(name, verdict_name(VERDICT_SAFE)) ? VERDICT_DESTRUCTIVE
							: VERDICT_SAFE;
}

static void
read_statement(void *arg, struct db_rows *r)
{
	struct reading *to = arg;
	struct journal_statement x = {
		.sql = text(to->a, r, 0),
		.undo = text(to->a, r, 1),
		.phase = text(to->a, r, 2),
		.verdict = verdict_of(db_text(r, 3)),
		.source = text(to->a, r, 4),
		.what = text(to->a, r, 5),
		.undo_rebuilds = db_int(r, 6) != 0,
	};

	vec_push(to->a, (struct journal_statements *)to->out, x);
}

bool
journal_statements(struct arena *a, struct db *db, int64_t id,
    struct journal_statements *out, struct err *err)
{
	const struct journal_sql *sql = journal_sql(db_dialect(db));
	const char *params[] = { arena_fmt(a, "%lld", (long long)id) };
	struct reading to = { .a = a, .out = out };
	bool there, whole;

	if (!look(db, &there, &whole, err))
		return false;
	if (!there)
		return true;
	return journal_each(db, whole ? sql->statements : sql->old_statements,
	    params, 1, read_statement, &to, err);
}

static void
read_change(void *arg, struct db_rows *r)
{
	struct reading *to = arg;
	struct journal_change *c = to->out;

	c->earlier = text(to->a, r, 0);
	journal_read_lines(to->a, &c->later, db_text(r, 1));
	journal_read_lines(to->a, &c->renames, db_text(r, 2));
	c->lost = text(to->a, r, 3);
	c->trash = text(to->a, r, 4);
	c->entries = db_int(r, 5);
	c->undoes = db_int(r, 6);
	journal_read_lines(to->a, &c->series, db_text(r, 7));
}

bool
journal_change(struct arena *a, struct db *db, int64_t id,
    struct journal_change *out, bool *known, struct err *err)
{
	const struct journal_sql *sql = journal_sql(db_dialect(db));
	const char *params[] = { arena_fmt(a, "%lld", (long long)id) };
	struct reading to = { .a = a, .out = out };
	bool there, whole;

	*out = (struct journal_change){ 0 };
	*known = false;
	if (!look(db, &there, &whole, err))
		return false;
	if (!whole)
		return true;
	if (!journal_each(db, sql->change, params, 1, read_change, &to, err))
		return false;
	*known = out->earlier != NULL;
	return true;
}
