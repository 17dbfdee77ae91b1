/* postgres_fill - the rows of a large table get a value, a batch at a time
 *
 * Each batch is a transaction of its own, in the order of the table's key (or
 * of its pages, where it has none) and as large as what a moment allows. How
 * far it came is noted in that transaction, as the comment of the function that
 * fills what comes meanwhile, so that the next run goes on there. Whoever waits
 * for a row waits for less than the server's own deadlock_timeout: so it is
 * always the fill that gives way.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "db/postgres.h"
#include "sql/quote.h"
#include "sync/postgres.h"

#define D DIALECT_POSTGRES

/* In milliseconds: what a batch should take, and how long it waits for others
 * before it lets them go first. */
#define MOMENT 75
#define WAIT 400

enum { SMALLEST = 16, FIRST = 500, LARGEST = 50000, PAGES = 4 };

struct fill {
	struct sync *s;
	struct db *db;
	const struct change *c;
	const char *update;
	const char *tail;     /* what comes after its conditions, or NULL */
	const char *left;     /* the rows that it is for */
	const char *note;     /* the table that says which rows had no value,
				 or NULL */
	const char *table;    /* as SQL says it */
	const char *function; /* that the trigger calls, likewise */
	struct names keys;    /* pairs of a column and its type; none: pages */
	char *at;             /* the array of the last key that is done, or the
				 number of the next page; NULL: nothing is */
	int64_t rows;         /* that were filled */
	int64_t of;           /* rows or pages, by the server's estimate */
	int64_t pages;
	int64_t size; /* of a batch */
	int told;     /* percent */
};

/* ---- where it goes on ---------------------------------------------------- */

static bool
is_required(
    const struct schema *s, const struct table *t, const struct constraint *k)
{
	for (size_t i = 0; i < k->parts.n; i++) {
		const struct part *p = &k->parts.v[i];
		const struct column *c =
		    p->column ? table_column(s, t, p->column) : NULL;

		if (!c || !c->not_null)
			return false;
	}
	return true;
}

static void
find_key(struct fill *f)
{
	const struct table *t = f->c->old_table;
	const struct constraint *key = NULL;

	for (size_t i = 0; i < t->constraints.n; i++) {
		const struct constraint *k = t->constraints.v[i];

		if (k->kind == CONSTRAINT_PRIMARY_KEY ||
		    (k->kind == CONSTRAINT_UNIQUE && !key && !k->deferrable &&
			is_required(f->s->current, t, k)))
			key = k;
	}
	for (size_t i = 0; key && i < key->parts.n; i++) {
		const char *name = key->parts.v[i].column;

		vec_push(f->s->arena, &f->keys, name);
		vec_push(f->s->arena, &f->keys,
		    table_column(f->s->current, t, name)->type);
	}
}

static char *
copy(const char *text)
{
	size_t n = strlen(text) + 1;

	return memcpy(xmalloc(n), text, n);
}

static void
set_at(struct fill *f, const char *at)
{
	char *new = at &&*at ? copy(at) : NULL;

	free(f->at);
	f->at = new;
}

/* Calls take with the first row of a query, if there is one. */
static bool
ask(struct fill *f, const char *sql, const char *const *params, size_t n,
    void (*take)(struct fill *f, struct db_rows *r, void *arg), void *arg,
    struct err *err)
{
	struct err e = { 0 };
	struct db_rows *r = db_query(f->db, sql, params, n, err);

	if (!r)
		return false;
	if (db_rows_next(r, &e))
		take(f, r, arg);
	db_rows_end(r);
	if (e.kind)
		*err = e;
	return !e.kind;
}

/* "12000 {500}" */
static void
take_note(struct fill *f, struct db_rows *r, void *arg)
{
	char *end;

	(void)arg;
	if (db_null(r, 0))
		return;
	f->rows = strtoll(db_text(r, 0), &end, 10);
	set_at(f, *end ? end + 1 : NULL);
}

static bool
read_note(struct fill *f, struct err *err)
{
	return ask(f, "SELECT obj_description(to_regprocedure($1), 'pg_proc')",
	    &f->function, 1, take_note, NULL, err);
}

static bool
write_note(struct fill *f, struct err *err)
{
	struct buf sql = { 0 }, text = { 0 };
	bool ok;

	buf_fmt(&text, "%lld %s", (long long)f->rows, f->at ? f->at : "");
	buf_fmt(&sql, "COMMENT ON FUNCTION %s IS ", f->function);
	sql_literal(&sql, D, buf_str(&text));
	ok = db_exec(f->db, buf_str(&sql), err);
	buf_release(&sql);
	buf_release(&text);
	return ok;
}

static void
take_size(struct fill *f, struct db_rows *r, void *arg)
{
	(void)arg;
	f->of = db_int(r, 0);
	f->pages = db_int(r, 1);
}

static bool
read_size(struct fill *f, struct err *err)
{
	return ask(f,
	    "SELECT coalesce(sum(greatest(c.reltuples, 0)), 0)::bigint,"
	    " coalesce(max(pg_relation_size(c.oid)), 0)"
	    " / current_setting('block_size')::bigint"
	    " FROM pg_class c WHERE c.oid = $1::regclass OR c.oid IN"
	    " (SELECT relid FROM pg_partition_tree($1::regclass) WHERE isleaf)",
	    &f->table, 1, take_size, NULL, err);
}

/* ---- a batch by key ------------------------------------------------------ */

/* "a, b", or "a::text, b::text" */
static void
add_list(struct buf *b, const struct fill *f, const char *cast)
{
	for (size_t i = 0; i < f->keys.n; i += 2) {
		buf_puts(b, i ? ", " : "");
		sql_ident(b, D, f->keys.v[i]);
		buf_puts(b, cast);
	}
}

/* "(a, b)", or "(($1::text[])[1]::bigint, …)" */
static void
add_keys(struct buf *b, const struct fill *f)
{
	buf_putc(b, '(');
	add_list(b, f, "");
	buf_putc(b, ')');
}

static void
add_values(struct buf *b, const struct fill *f, int param)
{
	for (size_t i = 0; i < f->keys.n; i += 2)
		buf_fmt(b, "%s($%d::text[])[%zu]::%s", i ? ", " : "(", param,
		    i / 2 + 1, f->keys.v[i + 1]);
	buf_putc(b, ')');
}

static void
take_end(struct fill *f, struct db_rows *r, void *arg)
{
	char **to = arg;

	(void)f;
	*to = copy(db_text(r, 0));
}

/* Finds the last key of the next batch; *to is NULL where it is the table's. */
static bool
find_end(struct fill *f, char **to, struct err *err)
{
	const char *param = f->at;
	struct buf b = { 0 };
	bool ok;

	buf_puts(&b, "SELECT ARRAY[");
	add_list(&b, f, "::text");
	buf_fmt(&b, "]::text FROM %s", f->table);
	if (f->at) {
		buf_puts(&b, " WHERE ");
		add_keys(&b, f);
		buf_puts(&b, " > ");
		add_values(&b, f, 1);
	}
	buf_puts(&b, " ORDER BY ");
	add_list(&b, f, "");
	buf_fmt(&b, " OFFSET %lld LIMIT 1", (long long)f->size - 1);
	*to = NULL;
	ok = ask(f, buf_str(&b), &param, f->at != NULL, take_end, to, err);
	buf_release(&b);
	return ok;
}

static void
add_range(struct buf *b, const struct fill *f, const char *to)
{
	if (f->at) {
		buf_puts(b, " AND ");
		add_keys(b, f);
		buf_puts(b, " > ");
		add_values(b, f, 1);
	}
	if (to) {
		buf_puts(b, " AND ");
		add_keys(b, f);
		buf_puts(b, " <= ");
		add_values(b, f, f->at ? 2 : 1);
	}
}

/* ---- a batch by page ----------------------------------------------------- */

static int64_t
page_of(const struct fill *f)
{
	return f->at ? strtoll(f->at, NULL, 10) : 0;
}

/* No page holds more rows than it has room for their heads. */
static void
add_pages(struct buf *b, const struct fill *f)
{
	int64_t from = page_of(f);

	buf_fmt(b,
	    " AND ctid = ANY (ARRAY(SELECT format('(%%s,%%s)', p, i)::tid"
	    " FROM generate_series(%lld, %lld) p, generate_series(1,"
	    " current_setting('block_size')::int / 28) i))",
	    (long long)from, (long long)(from + f->size - 1));
}

/* ---- all batches --------------------------------------------------------- */

static void
take_rows(struct fill *f, struct db_rows *r, void *arg)
{
	int64_t *rows = arg;

	(void)f;
	*rows = db_int(r, 0);
}

/* What a row became is noted with it, so that it can be taken back. */
static void
add_returning(struct buf *b, const struct fill *f)
{
	if (!f->note) {
		buf_puts(b, " RETURNING 1)");
		return;
	}
	buf_puts(b, " RETURNING ");
	add_list(b, f, "");
	buf_puts(b, ", ");
	sql_ident(b, D, f->c->new_column->name);
	buf_fmt(b, "::text), noted AS (INSERT INTO %s (", f->note);
	add_list(b, f, "");
	buf_puts(b, ", " ONLINE_NOW ") SELECT * FROM filled"
		    " ON CONFLICT ON CONSTRAINT ");
	buf_fmt(b,
	    "\"%s" ONLINE_KEY "\" DO UPDATE SET " ONLINE_NOW
	    " = excluded." ONLINE_NOW ")",
	    f->c->online);
}

static bool
update(struct fill *f, const char *to, int64_t *rows, struct err *err)
{
	const char *params[2] = { 0 };
	size_t n = 0;
	struct buf b = { 0 };
	bool ok;

	buf_fmt(&b, "WITH filled AS (%s", f->update);
	if (f->keys.n)
		add_range(&b, f, to);
	else
		add_pages(&b, f);
	buf_puts(&b, f->tail ? f->tail : "");
	add_returning(&b, f);
	buf_puts(&b, " SELECT count(*) FROM filled");
	if (f->keys.n && f->at)
		params[n++] = f->at;
	if (to)
		params[n++] = to;
	ok = ask(
	    f, buf_str(&b), params, f->keys.n ? n : 0, take_rows, rows, err);
	buf_release(&b);
	return ok;
}

/* Where the batch ends; NULL: with the table. */
static bool
next_end(struct fill *f, char **to, struct err *err)
{
	int64_t page = page_of(f) + f->size;

	if (f->keys.n)
		return find_end(f, to, err);
	*to = NULL;
	if (page < f->pages) {
		*to = xmalloc(24);
		snprintf(*to, 24, "%lld", (long long)page);
	}
	return true;
}

static bool
batch(struct fill *f, bool *more, struct err *err)
{
	int64_t rows = 0;
	char *to = NULL;
	bool ok = next_end(f, &to, err) && update(f, to, &rows, err);

	*more = to != NULL;
	if (ok) {
		set_at(f, to);
		f->rows += rows;
		ok = write_note(f, err);
	}
	free(to);
	return ok;
}

/* Is it others who were in the way? */
static bool
is_crowded(struct db *db)
{
	return postgres_said(db, "55P03") || postgres_said(db, "40P01") ||
	       postgres_said(db, "40001");
}

static void
pause_for(int64_t ms)
{
	nanosleep(&(struct timespec){ .tv_sec = ms / 1000,
		      .tv_nsec = ms % 1000 * 1000000 },
	    NULL);
}

/* One that others kept from a row of theirs is tried again, smaller. */
static bool
try_batch(struct fill *f, bool *more, struct err *err)
{
	int64_t end = clock_ms() + POSTGRES_PATIENCE * f->db->timeout_ms;
	char *was = f->at ? copy(f->at) : NULL;
	int64_t rows = f->rows;
	bool done = false;

	while (!done) {
		struct err e = { 0 };

		done = db_begin(f->db, &e) &&
		       postgres_set_ms(f->db, "LOCAL lock_timeout", WAIT, &e) &&
		       batch(f, more, &e) && db_commit(f->db, &e);
		if (done)
			break;
		db_rollback(f->db);
		set_at(f, was);
		f->rows = rows;
		if (!is_crowded(f->db) || clock_ms() >= end) {
			*err = e;
			break;
		}
		err_release(&e);
		f->size = f->size / 4 > SMALLEST ? f->size / 4 : SMALLEST;
		pause_for(20 + random() % 100);
	}
	free(was);
	return done;
}

/* Half of the time is others'. */
static void
breathe(struct fill *f, int64_t took)
{
	int64_t size = f->size * MOMENT / (took > 0 ? took : 1);

	if (size > f->size * 2)
		size = f->size * 2;
	f->size = size < SMALLEST / 16           ? 1
		  : f->keys.n && size < SMALLEST ? SMALLEST
		  : size > LARGEST               ? LARGEST
						 : size;
	pause_for(took < 5 ? 5 : took < 1000 ? took / 2 : 500);
}

/* Batches are so short that nobody would be told while they run. */
static void
tell(struct fill *f)
{
	int64_t done = f->keys.n ? f->rows : page_of(f);
	int64_t all = f->keys.n ? f->of : f->pages;
	int percent = all > done ? (int)(done * 100 / all) : 100;

	if (percent != f->told)
		f->s->doing = arena_fmt(f->s->arena, "%s, %d %%",
		    change_text(f->s->arena, f->c), percent);
	f->told = percent;
	f->s->doing_rows = f->rows;
	if (f->s->options.progress)
		f->s->options.progress(f->s->doing, f->rows);
}

static bool
pass(struct fill *f, struct err *err)
{
	bool more = true;

	while (more) {
		int64_t begun = clock_ms();

		tell(f);
		if (!try_batch(f, &more, err))
			return false;
		breathe(f, clock_ms() - begun);
	}
	return true;
}

static bool
count_left(struct fill *f, int64_t *n, struct err *err)
{
	struct buf b = { 0 };
	bool ok;

	buf_fmt(&b, "SELECT count(*) FROM %s WHERE %s", f->table, f->left);
	ok = db_count(f->db, buf_str(&b), n, err);
	buf_release(&b);
	return ok;
}

static bool
fail_left(struct fill *f, int64_t n, struct err *err)
{
	*((struct postgres_db *)f->db)->said = '\0';
	if (f->c->kind == CHANGE_DROP_COLUMN)
		return err_fail(err,
		    "%s: %lld %s cannot be copied for the trash",
		    change_text(f->s->arena, f->c), (long long)n,
		    n == 1 ? "value" : "values");
	if (!column_more(f->c->new_column)->backfill.text)
		return err_fail(err,
		    "%s: %lld %s cannot be filled; a trigger of the table "
		    "changes what is written",
		    change_text(f->s->arena, f->c), (long long)n,
		    n == 1 ? "row" : "rows");
	return err_fail(err,
	    "%s: .backfill (%s) is NULL for %lld %s; let it give every row a "
	    "value, as coalesce(…, '') does",
	    change_text(f->s->arena, f->c),
	    column_more(f->c->new_column)->backfill.text, (long long)n,
	    n == 1 ? "row" : "rows");
}

/* What came while the trigger could not say its value, or moved behind the
 * fill, is found when it has been through the table. */
static bool
fill(struct fill *f, struct err *err)
{
	int64_t before = INT64_MAX;

	for (;;) {
		bool whole = !f->at;
		int64_t left = 0;

		if (!pass(f, err) || !count_left(f, &left, err))
			return false;
		if (!left)
			return true;
		if (whole && left >= before)
			return fail_left(f, left, err);
		before = left;
	}
}

/* The trigger has the row under the table's name, and no other. */
static bool
try_trigger(struct fill *f, struct err *err)
{
	const char *says = f->c->kind == CHANGE_DROP_COLUMN ? NULL
			   : f->c->kind == CHANGE_COLUMN_TYPE
			       ? column_more(f->c->new_column)->conversion.text
			       : column_more(f->c->new_column)->backfill.text;
	struct buf b = { 0 };
	int64_t n;
	bool ok;

	if (!says)
		return true;
	buf_fmt(&b, "SELECT count((%s)) FROM (SELECT * FROM %s LIMIT 0) AS ",
	    says, f->table);
	sql_ident(&b, D, f->c->old_table->name);
	ok = db_count(f->db, buf_str(&b), &n, err) ||
	     err_add(err,
		 "%s cannot be said of one row alone; name the table "
		 "without its schema, or push with --online never",
		 f->c->kind == CHANGE_COLUMN_TYPE ? ".using" : ".backfill");
	buf_release(&b);
	return ok;
}

bool
postgres_fill(struct sync *s, const struct change *c,
    const struct online_step *x, struct err *err)
{
	const struct table *t = c->old_table;
	struct fill f = { .s = s,
		.db = s->db,
		.c = c,
		.update = x->sql,
		.tail = x->tail,
		.left = x->left,
		.note =
		    c->kind == CHANGE_SET_NOT_NULL
			? postgres_qualified(s->arena, ONLINE_SCHEMA, c->online)
			: NULL,
		.table = postgres_qualified(s->arena, t->schema, t->name),
		.function = arena_fmt(s->arena, "%s()",
		    postgres_qualified(s->arena, ONLINE_SCHEMA, c->online)),
		.told = -1 };
	bool ok;

	find_key(&f);
	f.size = f.keys.n ? FIRST : PAGES;
	ok = try_trigger(&f, err) && read_size(&f, err) && read_note(&f, err) &&
	     fill(&f, err);
	free(f.at);
	return ok;
}
