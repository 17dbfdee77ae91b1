/* restore - one entry of the trash, as a table again */
#include "sync/restore.h"

#include <string.h>

#include "diff/diff.h"
#include "introspect/introspect.h"
#include "sql/lex.h"
#include "sql/quote.h"
#include "sql/split.h"
#include "sync/record.h"

struct restoring {
	struct arena *a;
	struct db *db;
	enum dialect dialect;
	struct trash trash;
	struct trash_entry entry;
	struct schema *before;
	struct statements made; /* the entry's own statements */
	struct journal_run journal;
	const char *version;
	struct restored *out;
};

static bool
is_taken(const struct restoring *r, const char *name)
{
	const struct schema *s = r->before;

	if (schema_table(s, NULL, name))
		return true;
	for (size_t i = 0; i < s->objects.n; i++)
		if (s->objects.v[i]->kind != OBJECT_TRIGGER &&
		    schema_same_name(r->dialect, s->objects.v[i]->name, name))
			return true;
	/* an index has its name among those of tables */
	for (size_t i = 0; i < s->tables.n; i++)
		if (table_index(s, s->tables.v[i], name))
			return true;
	return false;
}

static void
choose_name(struct restoring *r)
{
	const struct trash_entry *e = &r->entry;
	const char *base = e->column
			       ? arena_fmt(r->a, "%s_%s", e->table, e->column)
			       : e->table;
	const char *name = base;

	for (int n = 1; is_taken(r, name); n++)
		name = n == 1 ? arena_fmt(r->a, "%s_restored", base)
			      : arena_fmt(r->a, "%s_restored_%d", base, n);
	r->out->table = name;
	r->out->renamed = name != base;
}

/* Adds a statement that will run, and be in the history. */
static void
will_run(struct restoring *r, const char *sql)
{
	struct journal_statement s = { .sql = sql,
		.phase = phase_name(PHASE_RELAX),
		.verdict = VERDICT_SAFE };
	struct buf b = { 0 };

	if (!r->journal.statements.n) {
		buf_puts(&b, "DROP TABLE ");
		sql_ident(&b, r->dialect, r->out->table);
		s.undo = arena_strndup(r->a, b.s, b.len);
		buf_release(&b);
		s.what = arena_fmt(
		    r->a, "restore table %s from the trash", r->out->table);
	}
	vec_push(r->a, &r->journal.statements, s);
}

/* The statement with another name for the table that it makes: the engine has
 * spelled its head, CREATE [VIRTUAL] TABLE name. */
static const char *
under_name(struct restoring *r, const struct statement *s)
{
	struct buf b = { 0 };
	struct lexer l;
	struct token t;
	const char *sql;
	bool table = false;

	lex_init(&l, r->dialect, s->text, s->len);
	while (lex_next(&l, &t)) {
		if (table)
			break;
		table = token_is(&t, "table");
	}
	buf_add(&b, s->text, (size_t)(t.at - s->text));
	sql_ident(&b, r->dialect, r->out->table);
	buf_add(&b, t.at + t.len, (size_t)(s->text + s->len - t.at - t.len));
	lex_release(&l);
	sql = arena_strndup(r->a, b.s, b.len);
	buf_release(&b);
	return sql;
}

/* Keys and values, without types: they are what they were. */
static const char *
values_table(struct restoring *r)
{
	const struct names *columns = &r->entry.columns;
	struct buf b = { 0 };
	const char *sql;

	buf_puts(&b, "CREATE TABLE ");
	sql_ident(&b, r->dialect, r->out->table);
	buf_puts(&b, " (");
	for (size_t i = 0; i < columns->n; i++) {
		buf_puts(&b, i ? ", " : "");
		sql_ident(&b, r->dialect, columns->v[i]);
	}
	buf_putc(&b, ')');
	sql = arena_strndup(r->a, b.s, b.len);
	buf_release(&b);
	return sql;
}

static bool
run_last(struct restoring *r, struct err *err)
{
	const struct journal_statements *all = &r->journal.statements;

	return db_exec(r->db, all->v[all->n - 1].sql, err);
}

static bool
make_table(struct restoring *r, struct err *err)
{
	const struct trash_entry *e = &r->entry;

	sql_split(r->a, &r->made, r->dialect, e->sql, strlen(e->sql));
	if (e->column || !r->made.n)
		will_run(r, values_table(r));
	else
		will_run(r, under_name(r, &r->made.v[0]));
	return run_last(r, err);
}

static bool
fill_table(struct restoring *r, struct err *err)
{
	struct trash_entry whole = r->entry;
	struct trash_place to = { .table = r->out->table };
	struct db_flow flow;

	/* a copy of values is filled in as the table that it is */
	whole.kind = LOSS_TABLE;
	whole.column = NULL;
	if (!trash_fill(&r->trash, &whole, &to, &flow, err))
		return false;
	r->out->rows = flow.written;
	return true;
}

/* Indexes and triggers come with the table where it has its name; those that
 * cannot come (their name is taken, or what they speak of is gone) stay away.
 */
static void
make_rest(struct restoring *r)
{
	if (r->entry.column || r->out->renamed)
		return;
	for (size_t i = 1; i < r->made.n; i++) {
		const struct statement *s = &r->made.v[i];
		struct err why = { 0 };

		will_run(r, arena_strndup(r->a, s->text, s->len));
		if (!run_last(r, &why))
			r->journal.statements.n--;
		err_release(&why);
	}
}

/* The trash knows how. */
static bool
as_it_is(struct restoring *r, struct err *err)
{
	const struct trash_entry *e = &r->entry;
	struct buf b = { 0 };
	const char *name;

	if (!trash_dialect(r->dialect)
		 ->restore(&r->trash, e, &name, &r->out->rows, err))
		return false;
	sql_qualified(&b, r->dialect, e->schema, name);
	r->out->table = arena_strdup(r->a, b.s);
	r->out->renamed = !e->column && strcmp(name, e->table) != 0;
	r->out->moved = e->moved;
	buf_release(&b);
	if (e->kind != LOSS_OBJECT)
		will_run(r, e->moved ? e->back : "");
	return true;
}

static bool
count_violations(struct restoring *r, int64_t *n, struct err *err)
{
	*n = 0;
	return trash_dialect(r->dialect)->restore ||
	       db_count(r->db, "SELECT count(*) FROM pragma_foreign_key_check",
		   n, err);
}

/* deesse does not own what it restored: no push will drop it unasked. */
static bool
write_journal(struct restoring *r, struct err *err)
{
	struct journal_state state;
	struct schema *after = introspect(r->a, r->db, err);
	struct journal_run *run = &r->journal;
	char now[HASH_HEX], before[HASH_HEX];
	const struct diff *d;

	if (!after || !journal_read(r->a, r->db, &state, err) ||
	    !introspect_fingerprint(r->db, now, err))
		return false;
	snprintf(before, sizeof(before), "%s",
	    state.fingerprint ? state.fingerprint : "");
	d = diff_schemas(r->a, r->before, after);
	run->command = "trash restore";
	run->version = r->version;
	run->fingerprint = now;
	run->before = before;
	run->declared = state.declared;
	run->schemas = *db_managed(r->db);
	for (size_t i = 0; i < state.owned.cap; i++)
		if (state.owned.slots[i].key)
			vec_push(r->a, &run->owned, state.owned.slots[i].key);
	return record_change(
		   r->a, r->db, r->before, after, d, &run->change, err) &&
	       journal_write(r->a, r->db, run, &r->out->run, err);
}

static bool
inside(struct restoring *r, int64_t id, struct err *err)
{
	int64_t before, after;
	bool there, found = false;

	if (!trash_open(&r->trash, false, &there, err) ||
	    (there && !trash_find(&r->trash, id, &r->entry, &found, err)))
		return false;
	if (!found)
		return err_set(err, ERR_USAGE,
		    "there is no entry %lld in the trash of %s; deesse trash "
		    "list lists them",
		    (long long)id, db_name(r->db));
	r->before = introspect(r->a, r->db, err);
	if (!r->before || !count_violations(r, &before, err) ||
	    !journal_counter(r->db, &r->journal.counter, err))
		return false;
	if (!trash_dialect(r->dialect)->restore) {
		choose_name(r);
		if (!make_table(r, err) || !fill_table(r, err))
			return false;
		make_rest(r);
	} else if (!as_it_is(r, err)) {
		return false;
	}
	if (!count_violations(r, &after, err) || !write_journal(r, err))
		return false;
	r->out->violations = after > before ? after - before : 0;
	return db_commit(r->db, err);
}

bool
restore_entry(struct arena *a, struct db *db, int64_t id, const char *version,
    struct restored *out, struct err *err)
{
	struct restoring r = { .a = a,
		.db = db,
		.dialect = db_dialect(db),
		.version = version,
		.out = out };
	struct err ignored = { 0 };
	bool ok;

	*out = (struct restored){ 0 };
	trash_init(&r.trash, a, db);
	/* what it referenced may be gone: it comes back all the same */
	ok = db_rebuild_mode(db, true, err) &&
	     trash_triggers(&r.trash, false, err) && db_begin(db, err) &&
	     inside(&r, id, err);
	db_rollback(db);
	trash_triggers(&r.trash, true, &ignored);
	trash_release(&r.trash);
	db_rebuild_mode(db, false, &ignored);
	err_release(&ignored);
	return ok;
}
