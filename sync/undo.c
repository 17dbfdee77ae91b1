/* undo - runs taken back, schema and rows */
#include "sync/undo.h"
#include "sync/protect.h"

#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "introspect/introspect.h"
#include "sql/quote.h"
#include "sync/apply.h"
#include "sync/dialect.h"
#include "sync/judge.h"
#include "sync/loss.h"
#include "sync/record.h"
#include "sync/session.h"
#include "sync/undo_target.h"

/* One run, being taken back. */
struct taking {
	struct undo *u;
	const struct journal_entry *run;
	struct journal_change change;
	struct schema *before; /* what is there when it begins */
	struct schema *now;    /* and once the trash gave back what moved */
	struct schema *target, *bare;
	char fingerprint[HASH_HEX]; /* of before */
	struct trash trash;
	struct trash_entries entries;
	struct journal_run journal;
	struct names rewritten; /* statements of the last pass */
	bool same_rows;         /* no row was renumbered since the run */
};

static bool
cannot(const struct taking *k, struct err *err, const char *why)
{
	return err_fail(err,
	    "run %lld cannot be taken back: %s; nothing was changed",
	    (long long)k->run->id, why);
}

/* The last run, or where that went on with what others began, the first of
 * them. */
static int64_t
last_of(const struct journal_entries *all)
{
	size_t i = 0;

	while (i + 1 < all->n && text_ends(all->v[i].command, SYNC_CONTINUED))
		i++;
	return all->n ? all->v[i].id : 0;
}

/* Which runs lie between the database and what it was before run `id`? One
 * that was taken back, and the one that did it, are as if they had not been. */
static bool
choose_runs(struct undo *u, const struct journal_entries *all, struct err *err)
{
	int64_t id = u->options.id ? u->options.id : last_of(all);
	struct arena *a = u->arena;
	struct map skip = { 0 };
	const char *key;
	bool found = false;

	for (size_t i = 0; i < all->n && all->v[i].id >= id; i++) {
		const struct journal_entry *run = &all->v[i];

		found |= run->id == id;
		key = arena_fmt(a, "%lld", (long long)run->id);
		if (map_get(&skip, key))
			continue;
		if (run->undoes && run->undoes >= id) {
			key = arena_fmt(a, "%lld", (long long)run->undoes);
			map_put(a, &skip, key, (void *)(size_t)key);
		} else {
			vec_push(a, &u->runs, *run);
		}
	}
	if (!all->n)
		return err_fail(err,
		    "there is nothing to take back: deesse has changed "
		    "nothing in %s",
		    u->project->url.shown);
	if (!found)
		return err_set(err, ERR_USAGE,
		    "there is no run %lld in %s; deesse history lists them",
		    (long long)id, u->project->url.shown);
	return u->runs.n ||
	       err_fail(err, "run %lld and all after it are taken back already",
		   (long long)id);
}

/* Where rows have no key they are known by their rowids, which VACUUM may have
 * given anew: then every counter between the run and now tells of it. */
static bool
are_rows_same(const struct journal_entries *all,
    const struct journal_entry *run, int64_t counter)
{
	for (size_t i = 0; i < all->n; i++) {
		if (all->v[i].counter_after != counter)
			return false;
		if (all->v[i].id == run->id)
			return true;
		counter = all->v[i].counter_before;
	}
	return false;
}

static bool
open_entries(struct taking *k, struct err *err)
{
	bool there = false;

	if (!k->change.trash)
		return true;
	if (!trash_open(&k->trash, false, &there, err))
		return false;
	if (there && !trash_list(&k->trash, k->change.trash, &k->entries, err))
		return false;
	if ((int64_t)k->entries.n != k->change.entries)
		return cannot(
		    k, err, "what it took away is no longer in the trash");
	for (size_t i = 0; i < k->entries.n; i++)
		if (k->entries.v[i].kind != LOSS_TABLE &&
		    k->entries.v[i].rowid && !k->same_rows)
			return cannot(k, err,
			    arena_fmt(k->u->arena,
				"rows of %s have no key, and may have been "
				"numbered anew since (VACUUM does that); the "
				"values are in the trash (entry %lld)",
				k->entries.v[i].table,
				(long long)k->entries.v[i].id));
	return true;
}

static bool
read_both(struct taking *k, struct err *err)
{
	struct undo *u = k->u;

	k->before = k->now = introspect(u->arena, u->db, err);
	if (!k->now)
		return false;
	k->target = undo_target(u->arena, k->now, &k->change, k->run->id, err);
	return k->target != NULL;
}

static bool
look(struct taking *k, struct err *err)
{
	struct undo *u = k->u;
	bool known;

	if (!journal_change(
		u->arena, u->db, k->run->id, &k->change, &known, err))
		return false;
	if (!known)
		return cannot(k, err,
		    "it was made by a version of deesse that did not keep "
		    "what is needed");
	if (k->change.lost)
		return cannot(k, err,
		    arena_fmt(u->arena,
			"no copy was kept of what it took "
			"away (%s)",
			k->change.lost));
	return read_both(k, err) &&
	       (!session_widen(u->arena, u->db, u->project, k->target) ||
		   read_both(k, err)) &&
	       open_entries(k, err) &&
	       introspect_fingerprint(u->db, k->fingerprint, err);
}

static const char *
what_of(struct arena *a, const struct trash_entry *e)
{
	if (!e->column)
		return arena_fmt(a, "table %s", e->table);
	return arena_fmt(a, "%s %s.%s",
	    e->kind == LOSS_COLUMN ? "column" : "values of", e->table,
	    e->column);
}

/* What moved comes back first, so that nobody plans to make it again. */
static bool
bring(struct taking *k, struct err *err)
{
	struct arena *a = k->u->arena;
	bool any = false;

	for (size_t i = k->entries.n; i-- > 0;) {
		const struct trash_entry *e = &k->entries.v[i];
		struct journal_statement s = {
			.sql = e->back,
			.phase = phase_name(PHASE_RELAX),
			.verdict = VERDICT_SAFE,
			.what = arena_fmt(a, "bring back %s", e->table),
		};

		if (!e->moved)
			continue;
		if (!trash_bring(&k->trash, e, err))
			return err_prefix(err,
			    "run %lld cannot be taken back: %s does not come "
			    "out of the trash",
			    (long long)k->run->id, e->table);
		vec_push(a, &k->journal.statements, s);
		any = true;
	}
	if (any && !(k->now = introspect(a, k->u->db, err)))
		return false;
	k->bare = undo_bare(a, k->now, k->target, &k->entries);
	return true;
}

/* Does the change, which may fail on what is stored, change nothing of it? */
static bool
only_checks(const struct change *c)
{
	return c->kind == CHANGE_CREATE_INDEX ||
	       (c->kind == CHANGE_ADD_CONSTRAINT &&
		   c->new_constraint->kind != CONSTRAINT_CHECK);
}

/* Does a right or a policy go because its table does? */
static bool
goes_along(const struct sync *s, const struct change *c)
{
	const struct object *o = c->old_object;

	return c->kind == CHANGE_DROP_OBJECT && o->table &&
	       !schema_table(s->target, o->schema, o->table);
}

/* Is the finding of an undo none that somebody must decide? What was there is
 * there again; what may fail says so by failing, and then nothing has changed.
 */
static bool
only_gives_back(
    const struct sync *s, const struct step *step, const struct finding *f)
{
	bool checks = true, rights = true;

	for (size_t i = 0; i < step->changes.n; i++) {
		const struct change *c = step->changes.v[i];

		checks &= only_checks(c);
		rights &= c->kind == CHANGE_CREATE_OBJECT || goes_along(s, c);
	}
	switch (f->class) {
	case CLASS_DATA_LOSS:
		return false;
	case CLASS_DATA_DEPENDENT:
		return checks;
	case CLASS_AUTHORIZATION:
		return rights;
	default:
		return true;
	}
}

static bool
is_refused(const struct sync *s, const struct judged *j)
{
	for (size_t i = 0; i < j->findings.n; i++)
		if (!finding_passes(&s->options, &j->findings.v[i]) &&
		    !only_gives_back(s, j->step, &j->findings.v[i]))
			return true;
	return false;
}

/* The plan is judged like any other. Nobody is asked about renames: the
 * journal knows them. */
static bool
plan(struct taking *k, struct err *err)
{
	struct undo *u = k->u;
	struct sync *s = &u->sync;

	sync_init(s, u->arena, u->project, &u->options.sync);
	s->db = u->db;
	memcpy(s->fingerprint, k->fingerprint, sizeof(s->fingerprint));
	if (!journal_read(u->arena, u->db, &s->state, err) ||
	    !sync_compare(s, k->now, k->bare, err))
		return err_prefix(err, "run %lld cannot be taken back",
		    (long long)k->run->id);
	s->unresolved.n = 0;
	s->refused = false;
	/* whatever it is, it is checked as a rebuild */
	s->plan->rebuilds = true;
	for (size_t i = 0; i < s->steps.n; i++) {
		s->steps.v[i].refused = is_refused(s, &s->steps.v[i]);
		s->refused |= s->steps.v[i].refused;
		vec_push(u->arena, &u->steps, s->steps.v[i]);
	}
	if (s->verdict == VERDICT_DESTRUCTIVE)
		u->verdict = s->verdict;
	return true;
}

/* Names under which the rows of an entry stand: as they were before the run,
 * or as they are now. */
static struct trash_place
place_of(struct taking *k, const struct trash_entry *e, bool now)
{
	const struct table *t = schema_table(k->target, e->schema, e->table);
	const struct table *there = t && now ? undo_table_now(k->now, t) : NULL;
	struct trash_place p = {
		.schema = e->schema,
		.table = there ? there->name : e->table,
		.column = e->column,
	};

	if (!now || !there) {
		p.key = e->key;
		return p;
	}
	for (size_t i = 0; i < t->columns.n; i++) {
		const struct column *c =
		    undo_column_now(k->now, t, t->columns.v[i]);

		if (c && e->column && !strcmp(t->columns.v[i]->name, e->column))
			p.column = c->name;
	}
	for (size_t i = 0; i < e->key.n; i++) {
		const struct column *was =
		    table_column(k->target, t, e->key.v[i]);
		const struct column *c =
		    was ? undo_column_now(k->now, t, was) : NULL;

		vec_push(k->u->arena, &p.key, c ? c->name : e->key.v[i]);
	}
	return p;
}

static bool
prepare(struct taking *k, struct err *err)
{
	for (size_t i = 0; i < k->entries.n; i++) {
		const struct trash_entry *e = &k->entries.v[i];
		struct trash_place p = place_of(k, e, true);

		if (e->kind == LOSS_TABLE && !e->moved &&
		    schema_table(k->now, e->schema, p.table))
			return cannot(k, err,
			    arena_fmt(k->u->arena,
				"rows of %s have no key, so its values "
				"cannot be put back one by one; the whole "
				"table is in the trash (entry %lld)",
				e->table, (long long)e->id));
		if (!trash_prepare(&k->trash, e, &p, err))
			return false;
	}
	return true;
}

static bool
fill(struct taking *k, struct err *err)
{
	struct undo *u = k->u;

	for (size_t i = 0; i < k->entries.n; i++) {
		const struct trash_entry *e = &k->entries.v[i];
		struct trash_place p = place_of(k, e, false);
		struct undo_back b = { .what = what_of(u->arena, e) };
		struct db_flow flow;

		if (e->kind == LOSS_OBJECT)
			continue;
		if (!trash_fill(&k->trash, e, &p, &flow, err))
			return err_prefix(err, "%s does not come back", b.what);
		b.kept = flow.read;
		b.back = flow.written;
		vec_push(u->arena, &u->back, b);
	}
	return true;
}

/* Rows that came since have no value of a required column: its default will
 * do, and where there is none the run cannot be taken back. */
static bool
fill_required(struct taking *k, const struct table *t, const struct column *c,
    struct err *err)
{
	enum dialect d = k->target->dialect;
	struct buf b = { 0 };
	int64_t n = 0;
	bool ok;

	buf_puts(
	    &b, c->default_value.text ? "UPDATE " : "SELECT count(*) FROM ");
	sql_qualified(&b, d, t->schema, t->name);
	if (c->default_value.text) {
		buf_puts(&b, " SET ");
		sql_ident(&b, d, c->name);
		buf_fmt(&b, " = (%s)", c->default_value.text);
	}
	buf_puts(&b, " WHERE ");
	sql_ident(&b, d, c->name);
	buf_puts(&b, " IS NULL");
	ok = c->default_value.text ? db_exec(k->u->db, b.s, err)
				   : db_count(k->u->db, b.s, &n, err);
	buf_release(&b);
	if (!ok || !n)
		return ok;
	return cannot(k, err,
	    arena_fmt(k->u->arena,
		"%lld %s of %s came since and %s no value for %s, which was "
		"required",
		(long long)n, n == 1 ? "row" : "rows", t->name,
		n == 1 ? "has" : "have", c->name));
}

static bool
same_order(const struct schema *s, const struct table *a, const struct table *b)
{
	if (a->columns.n != b->columns.n)
		return false;
	for (size_t i = 0; i < a->columns.n; i++)
		if (!schema_same_name(s->dialect, a->columns.v[i]->name,
			b->columns.v[i]->name))
			return false;
	return true;
}

static bool
count_rows(struct taking *k, const struct table *t, int64_t *n, struct err *err)
{
	struct buf b = { 0 };
	bool ok;

	buf_puts(&b, "SELECT count(*) FROM ");
	sql_qualified(&b, k->target->dialect, t->schema, t->name);
	ok = db_count(k->u->db, b.s, n, err);
	buf_release(&b);
	return ok;
}

/* Writes the table as it was, with all that was taken off a column to let it
 * come bare, and in its old order of columns. */
static bool
rewrite(struct taking *k, const struct schema *now, const struct table *t,
    struct err *err)
{
	struct undo *u = k->u;
	size_t first = k->rewritten.n;
	int64_t before, after;

	for (size_t i = 0; i < t->columns.n; i++)
		if (t->columns.v[i]->not_null &&
		    !t->columns.v[i]->generated.text &&
		    !fill_required(k, t, t->columns.v[i], err))
			return false;
	if (!transpile_rewrite(u->arena, now, t, &k->rewritten))
		return cannot(k, err, "a table cannot be written anew");
	if (!count_rows(k, t, &before, err))
		return false;
	for (size_t i = first; i < k->rewritten.n; i++)
		if (!db_exec(u->db, k->rewritten.v[i], err))
			return err_prefix(err,
			    "run %lld cannot be taken back: the rows of %s "
			    "do not fit what it was; nothing was changed",
			    (long long)k->run->id, t->name);
	return count_rows(k, t, &after, err) &&
	       (before == after || cannot(k, err, "a table would lose rows"));
}

/* What was taken off a column, to let it come bare, is put on it again. Nothing
 * of this takes anything away. */
static bool
plan_rest(struct taking *k, struct err *err)
{
	struct undo *u = k->u;
	struct schema *now = introspect_like(u->arena, u->db, k->target, err);
	struct losses lost = { 0 };
	const struct changes *all;
	struct plan *p;

	p = now ? transpile_plan(
		      u->arena, diff_schemas(u->arena, now, k->target), err)
		: NULL;
	if (!p)
		return false;
	loss_find(u->arena, p, &lost);
	if (lost.n)
		return cannot(k, err,
		    arena_fmt(u->arena, "%s would go",
			loss_text(u->arena, &lost.v[0])));
	all = &p->diff->changes;
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i]->kind == CHANGE_SET_NOT_NULL &&
		    !fill_required(
			k, all->v[i]->new_table, all->v[i]->new_column, err))
			return false;
	for (size_t i = 0; i < p->steps.n; i++) {
		const struct names *sql = &p->steps.v[i]->sql;

		if (!apply_statements(u->db, sql, err))
			return err_prefix(err,
			    "run %lld cannot be taken back; nothing was "
			    "changed",
			    (long long)k->run->id);
		for (size_t n = 0; n < sql->n; n++)
			vec_push(u->arena, &k->rewritten, sql->v[n]);
	}
	return true;
}

static bool
rewrite_all(struct taking *k, struct err *err)
{
	struct undo *u = k->u;
	struct schema *now;

	if (!sync_dialect(k->target->dialect)->rewrites)
		return plan_rest(k, err);
	now = introspect(u->arena, u->db, err);
	if (!now)
		return false;
	for (size_t i = 0; i < k->target->tables.n; i++) {
		const struct table *t = k->target->tables.v[i];
		const struct table *is = schema_table(now, t->schema, t->name);

		/* what the run left alone is as it was */
		if (!is || (table_equal(now->dialect, is, t) &&
			       same_order(now, is, t)))
			continue;
		if (!rewrite(k, now, t, err))
			return false;
	}
	return true;
}

/* A number that was given once is not given again. */
static bool
go_on_counting(struct taking *k, struct err *err)
{
	const struct names *all = &k->change.series;

	for (size_t i = 0; i + 1 < all->n; i += 2)
		if (schema_table(k->target, NULL, all->v[i]) &&
		    !sync_dialect(k->target->dialect)
			 ->set_series(k->u->db, all->v[i], all->v[i + 1], err))
			return false;
	for (size_t i = 0; i < k->entries.n; i++) {
		struct trash_place p = place_of(k, &k->entries.v[i], false);

		if (!trash_go_on(&k->trash, &k->entries.v[i], &p, err))
			return false;
	}
	return true;
}

/* What comes back was deesse's, or the run could not have taken it. */
static void
owned_after(struct taking *k, struct names *owned)
{
	struct arena *a = k->u->arena;
	struct names keys = { 0 }, here = { 0 };
	struct map now = { 0 };

	diff_keys(a, k->target, &keys);
	diff_keys(a, k->before, &here);
	for (size_t i = 0; i < here.n; i++)
		map_put(a, &now, here.v[i], (void *)(size_t)here.v[i]);
	for (size_t i = 0; i < keys.n; i++)
		if (map_get(&k->u->sync.state.owned, keys.v[i]) ||
		    !map_get(&now, keys.v[i]))
			vec_push(a, owned, keys.v[i]);
}

static bool
write_journal(struct taking *k, struct err *err)
{
	struct undo *u = k->u;
	struct sync *s = &u->sync;
	struct journal_run *run = &k->journal;
	struct journal_entry done = { 0 };
	char after[HASH_HEX];

	owned_after(k, &run->owned);
	session_narrow(u->arena, u->db, u->project, k->target, &run->owned);
	run->schemas = *db_managed(u->db);
	if (!introspect_fingerprint(u->db, after, err))
		return false;
	run->command = u->as.n ? arena_fmt(u->arena, "%s" SYNC_CONTINUED,
				     s->options.command)
			       : s->options.command;
	run->version = s->options.version;
	run->fingerprint = after;
	run->before = s->fingerprint;
	run->declared = s->state.declared;
	run->verdict = s->verdict;
	run->change.undoes = k->run->id;
	record_settle(u->arena, k->target, &run->change);
	trash_note(&k->trash, &run->change);
	apply_describe(s, &run->statements);
	if (k->rewritten.n || !run->statements.n) {
		struct journal_statement last = {
			.sql = step_sql(u->arena, &k->rewritten),
			.phase = phase_name(PHASE_TIGHTEN),
			.verdict = VERDICT_SAFE,
			.what = "write tables as they were",
		};

		vec_push(u->arena, &run->statements, last);
	}
	if (!journal_write(u->arena, u->db, run, &done.id, err))
		return false;
	vec_push(u->arena, &u->as, done);
	return true;
}

/* The schema goes back, the rows come back, in an order in which each finds
 * its place. */
static bool
go_back(struct taking *k, struct err *err)
{
	struct undo *u = k->u;
	struct sync *s = &u->sync;

	return journal_counter(u->db, &k->journal.counter, err) &&
	       record_change(u->arena, u->db, k->before, k->target,
		   s->plan->diff, &k->journal.change, err) &&
	       (u->options.dry_run || trash_keep(&k->trash, s, err)) &&
	       prepare(k, err) && apply_steps(s, err) && fill(k, err) &&
	       rewrite_all(k, err) && go_on_counting(k, err) &&
	       trash_settle(&k->trash, err);
}

static bool
take_back(struct taking *k, struct err *err)
{
	struct undo *u = k->u;
	const struct sync_dialect *d = sync_dialect(k->now->dialect);
	bool filled = k->entries.n > 0, moved = false;
	struct guard g;

	if (d->fence && !d->fence(u->arena, u->db, u->sync.plan, &moved, err))
		return moved ? cannot(k, err, "a table went away meanwhile")
			     : false;
	return d->guard(u->arena, u->db, u->sync.plan, &g, err) &&
	       (!filled || trash_triggers(&k->trash, false, err)) &&
	       go_back(k, err) &&
	       (!filled || trash_triggers(&k->trash, true, err)) &&
	       d->verify(u->arena, u->db, u->sync.plan, &g, err) &&
	       apply_prove(&u->sync, k->target, err) && write_journal(k, err);
}

static bool
take_one(struct taking *k, struct err *err)
{
	bool ok;

	trash_init(&k->trash, k->u->arena, k->u->db);
	if (!look(k, err) || !bring(k, err) || !plan(k, err))
		return false;
	k->u->refused = k->u->sync.refused;
	k->u->sync.trash = &k->trash;
	ok = k->u->refused || take_back(k, err);
	k->u->sync.trash = NULL;
	return ok;
}

static bool
take_all(struct undo *u, const struct journal_entries *all, struct taking *list,
    struct err *err)
{
	int64_t counter;

	if (!journal_counter(u->db, &counter, err))
		return false;
	for (size_t i = 0; i < u->runs.n && !u->refused; i++) {
		list[i] = (struct taking){ .u = u, .run = &u->runs.v[i] };
		list[i].same_rows = are_rows_same(all, list[i].run, counter);
		if (!take_one(&list[i], err))
			return false;
	}
	return u->refused || u->options.dry_run || db_commit(u->db, err);
}

static bool
inside(struct undo *u, struct err *err)
{
	struct journal_entries all = { 0 };
	struct taking *list = NULL;
	bool ok = journal_history(u->arena, u->db, 0, &all, err) &&
		  choose_runs(u, &all, err);

	if (ok) {
		list = arena_array(u->arena, struct taking, u->runs.n);
		ok = take_all(u, &all, list, err);
	}
	db_rollback(u->db);
	for (size_t i = 0; list && i < u->runs.n; i++) {
		if (!ok || u->refused)
			trash_forget(&list[i].trash);
		trash_release(&list[i].trash);
	}
	return ok;
}

static bool
in_transaction(struct undo *u, struct err *err)
{
	struct err ignored = { 0 };
	bool ok = db_rebuild_mode(u->db, true, err) && db_begin(u->db, err) &&
		  inside(u, err);

	db_triggers(u->db, true, &ignored);
	db_rebuild_mode(u->db, false, &ignored);
	err_release(&ignored);
	return ok;
}

bool
undo_run(struct undo *u, struct arena *a, const struct project *p,
    const struct undo_options *o, struct err *err)
{
	*u = (struct undo){ .arena = a, .project = p, .options = *o };
	/* to look makes no file where there is none */
	if (p->url.path && !file_exists(p->url.path))
		return err_fail(err,
		    "there is nothing to take back: %s does "
		    "not exist",
		    p->url.path);
	return session_open(a, &u->db, p, DB_WRITE, NULL, err) &&
	       db_lock(u->db, err) &&
	       (o->dry_run || protect_check(a, u->db, p, &o->sync, err)) &&
	       in_transaction(u, err);
}

void
undo_release(struct undo *u)
{
	db_close(u->db);
	u->db = NULL;
}
