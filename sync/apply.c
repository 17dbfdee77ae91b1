/* apply - one transaction: look again, run, prove, journal, commit */
#include "sync/apply.h"

#include <string.h>

#include "base/text.h"
#include "introspect/introspect.h"
#include "shadow/shadow.h"
#include "sync/batch.h"
#include "sync/dialect.h"
#include "sync/judge.h"
#include "sync/online.h"
#include "sync/protect.h"
#include "sync/record.h"
#include "sync/session.h"
#include "sync/trash.h"
#include "sync/values.h"

/* What was confirmed is what runs: the schema must be the one that was planned
 * for, and the evidence that cleared a finding must still hold. */
static bool
look_again(struct sync *s, bool *moved, struct err *err)
{
	char now[HASH_HEX];
	bool held = true;

	/* between parts that only make what is new others may come in: a name
	 * that is taken fails, and the last run compares everything */
	if (!s->follows && !introspect_fingerprint(s->db, now, err))
		return false;
	*moved = !s->follows && strcmp(now, s->fingerprint) != 0;
	for (size_t i = 0; !*moved && i < s->steps.n; i++) {
		if (!probe_changes(s, s->steps.v[i].step, true, &held, err))
			return false;
		*moved = !held;
	}
	return true;
}

bool
apply_statements(struct db *db, const struct names *sql, struct err *err)
{
	for (size_t i = 0; i < sql->n; i++)
		if (!db_exec(db, sql->v[i], err))
			return err_add(err, "in: %s", sql->v[i]);
	return true;
}

static bool
run_statements(struct sync *s, const struct names *sql, struct err *err)
{
	if (!s->trash)
		return apply_statements(s->db, sql, err);
	for (size_t i = 0; i < sql->n; i++)
		if (!trash_run(s->trash, sql->v[i], err))
			return err_add(err, "in: %s", sql->v[i]);
	return true;
}

/* Of how many rows is the step's table, as far as they were counted? */
static int64_t
rows_of(const struct guard *g, const struct step *step)
{
	for (size_t i = 0; g && step->target && i < g->n; i++)
		if (g->v[i].rebuilt == step->target)
			return g->v[i].rows;
	return -1;
}

static void
tell(struct sync *s, const char *doing, int64_t rows)
{
	s->doing = doing;
	s->doing_rows = rows;
}

static void
tick(void *arg)
{
	struct sync *s = arg;

	if (s->doing)
		s->options.progress(s->doing, s->doing_rows);
}

/* How many statements may be on their way. */
#define TOGETHER 64

/* Makes something new, in statements that are one each: nothing has to be
 * looked at between two of them. */
static bool
only_makes(const struct step *step)
{
	for (size_t i = 0; i < step->changes.n; i++)
		switch (step->changes.v[i]->kind) {
		case CHANGE_CREATE_TABLE:
		case CHANGE_CREATE_INDEX:
		case CHANGE_CREATE_ENUM:
			break;
		default:
			return false;
		}
	for (size_t i = 0; i < step->sql.n; i++)
		if (!text_starts(step->sql.v[i], "CREATE ") ||
		    strchr(step->sql.v[i], ';'))
			return false;
	return true;
}

/* Returns how many steps from the i-th on can be sent together. */
static size_t
together(const struct sync *s, size_t i)
{
	const struct budget *b = &s->options.budget;
	size_t n = 0, statements = 0;

	if (b->statement_ms || b->locked_ms)
		return 0;
	for (; i + n < s->steps.n; n++) {
		const struct step *step = s->steps.v[i + n].step;

		statements += step->sql.n;
		if (!only_makes(step) || statements > TOGETHER)
			break;
	}
	return n;
}

/* Sets *failed to the step that failed. */
static bool
run_together(
    struct sync *s, size_t first, size_t n, size_t *failed, struct err *err)
{
	const char *sql[TOGETHER] = { 0 };
	size_t of[TOGETHER], all = 0, done;

	for (size_t i = first; i < first + n; i++) {
		const struct names *list = &s->steps.v[i].step->sql;

		for (size_t k = 0; k < list->n; k++) {
			of[all] = i;
			sql[all++] = list->v[k];
		}
	}
	if (db_exec_all(s->db, sql, all, &done, err))
		return true;
	*failed = done < all ? of[done] : first;
	return done < all ? err_add(err, "in: %s", sql[done]) : false;
}

static bool
run_step(struct sync *s, size_t i, struct err *err)
{
	return budget_bound(s, err) &&
	       run_statements(s, &s->steps.v[i].step->sql, err);
}

static bool
explain_step(struct sync *s, const struct step *step, struct err *err)
{
	const struct sync_dialect *d = sync_dialect(s->plan->dialect);

	budget_explain(s, err);
	if (d->explain)
		d->explain(s->arena, step, err);
	shadow_explain(s->plan->dialect, err);
	if (step->source.file)
		err_prefix(err, "%s:%d", step->source.file, step->source.line);
	return false;
}

bool
apply_steps(struct sync *s, struct err *err)
{
	for (size_t i = 0; i < s->steps.n;) {
		const struct step *step = s->steps.v[i].step;
		size_t n = together(s, i), failed = i;

		tell(s,
		    step->before ? arena_fmt(s->arena, "writing %s anew",
				       step->before->name)
				 : change_text(s->arena, step->changes.v[0]),
		    rows_of(s->guard, step));
		if (!(n > 1 ? run_together(s, i, n, &failed, err)
			    : run_step(s, i, err)))
			return explain_step(s, s->steps.v[failed].step, err);
		i += n > 1 ? n : 1;
	}
	return true;
}

static bool
stands_in(const struct schema *s, const char *schema, const char *name)
{
	if (schema_table(s, schema, name))
		return true;
	for (size_t i = 0; i < s->objects.n; i++)
		if (s->objects.v[i]->kind != OBJECT_GRANT &&
		    schema_same_name(
			s->dialect, s->objects.v[i]->schema, schema) &&
		    schema_same_name(s->dialect, s->objects.v[i]->name, name))
			return true;
	return false;
}

/* Default privileges of the database give rights on what is made here: those
 * are the database's to give, and no part of the plan. */
static void
leave_given_rights(
    const struct sync *s, struct schema *now, const struct schema *predicted)
{
	size_t n = 0;

	for (size_t i = 0; i < now->objects.n; i++) {
		struct object *o = now->objects.v[i];

		if (o->kind != OBJECT_GRANT || !o->table ||
		    schema_object_like(predicted, o) ||
		    stands_in(s->current, o->schema, o->table))
			now->objects.v[n++] = o;
	}
	now->objects.n = n;
}

bool
apply_prove(struct sync *s, struct schema *predicted, struct err *err)
{
	struct arena a = { 0 };
	struct schema *now = introspect_like(&a, s->db, predicted, err);
	bool ok = now && introspect_spelled(s->arena, s->db, predicted, now,
			     s->project->dsl.state_dir, &s->unproven, err);

	if (ok)
		leave_given_rights(s, now, predicted);
	if (ok && !schema_equal(now, predicted)) {
		ok = err_fail(err,
		    "the database would not be what was planned; "
		    "everything was rolled back\n%s",
		    shadow_difference(&a, now, predicted));
	}
	arena_release(&a);
	return ok;
}

/* Those of the target that were written, and those that had to be. */
static struct schema *
expected(struct arena *a, const struct sync *s, const struct schema *now)
{
	struct schema *out = arena_new(a, struct schema);

	out->dialect = now->dialect;
	for (size_t i = 0; i < s->target->tables.n; i++) {
		struct table *t = s->target->tables.v[i];

		if (schema_table(now, t->schema, t->name) ||
		    !schema_table(s->current, t->schema, t->name))
			schema_add_table(a, out, t);
	}
	for (size_t i = 0; i < s->target->enums.n; i++) {
		struct enum_type *e = s->target->enums.v[i];

		if (schema_enum(now, e->schema, e->name) ||
		    !schema_enum(s->current, e->schema, e->name))
			schema_add_enum(a, out, e);
	}
	return out;
}

/* Of a part that makes tables only what the transaction has written is read:
 * of thousands of tables, all would be read once a part. Where that is not as
 * it should be, everything is read. */
static bool
prove_part(struct sync *s, struct err *err)
{
	struct arena a = { 0 };
	struct schema *now;
	bool ok, same = false;

	if (s->target->objects.n)
		return apply_prove(s, s->whole, err);
	now = introspect_written(&a, s->db, err);
	ok = now && introspect_spelled(s->arena, s->db, s->target, now,
			s->project->dsl.state_dir, &s->unproven, err);
	if (ok)
		same = schema_equal(now, expected(&a, s, now));
	arena_release(&a);
	return ok && (same || apply_prove(s, s->whole, err));
}

static const char *
place(struct arena *a, const struct source *source)
{
	return source->file ? arena_fmt(a, "%s:%d", source->file, source->line)
			    : NULL;
}

/* Adds the keys of the target, but those of what was kept for others. */
static void
owned_after(struct arena *a, const struct sync *s, struct names *owned)
{
	struct map strays = { 0 };
	size_t n = 0;

	diff_keys(a, s->target, owned);
	for (size_t i = 0; i < s->kept.n; i++)
		map_put(a, &strays, s->kept.v[i], (void *)(size_t)s->kept.v[i]);
	for (size_t i = 0; i < owned->n; i++)
		if (!map_get(&strays, owned->v[i]))
			owned->v[n++] = owned->v[i];
	owned->n = n;
}

/* "drop column posts.body, add column posts.text" */
static const char *
in_words(struct arena *a, const struct step *step)
{
	struct buf b = { 0 };
	const char *text;

	for (size_t i = 0; i < step->changes.n; i++)
		buf_fmt(&b, "%s%s", i ? ", " : "",
		    change_text(a, step->changes.v[i]));
	text = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	return text;
}

void
apply_describe(struct sync *s, struct journal_statements *out)
{
	if (!out->n)
		vec_reserve(s->arena, out, s->steps.n);
	for (size_t i = 0; i < s->steps.n; i++) {
		const struct judged *j = &s->steps.v[i];
		struct journal_statement x = {
			.sql = j->sql,
			.undo = j->undo,
			.phase = phase_name(j->step->phase),
			.verdict = j->verdict,
			.source = place(s->arena, &j->step->source),
			.what = in_words(s->arena, j->step),
			.undo_rebuilds = j->step->undo_rebuilds,
		};

		vec_push(s->arena, out, x);
	}
}

/* The fingerprint that the run leaves. Others may change the schema while it
 * runs: it is taken before the proof, which sees what came until then; what
 * comes later is not in it, so that the next look finds it. */
static bool
note_fingerprint(struct sync *s, struct journal_run *run, struct err *err)
{
	char *after = arena_alloc(s->arena, HASH_HEX);

	run->fingerprint = after;
	/* after a part nothing is in step, so that nobody asks */
	if (s->whole) {
		*after = '\0';
		return true;
	}
	if (s->steps.n || s->follows)
		return introspect_fingerprint(s->db, after, err);
	memcpy(after, s->fingerprint, HASH_HEX);
	return true;
}

/* What is managed from here on; a fingerprint is of just that. */
static bool
narrow(struct sync *s, struct journal_run *run, struct err *err)
{
	const struct names *before = db_managed(s->db);
	char now[HASH_HEX];

	session_narrow(s->arena, s->db, s->project, s->declared, &run->owned);
	if (db_managed(s->db) == before)
		return true;
	if (!introspect_fingerprint(s->db, now, err))
		return false;
	run->fingerprint = arena_strdup(s->arena, now);
	return true;
}

static bool
write_journal(struct sync *s, struct journal_run *run, struct err *err)
{
	char *declared = arena_alloc(s->arena, HASH_HEX);
	struct arena mine = { 0 }; /* thousands of keys, batches of rows */
	bool ok;

	run->command =
	    s->continues || s->first
		? arena_fmt(s->arena, "%s" SYNC_CONTINUED, s->options.command)
		: s->options.command;
	run->version = s->options.version;
	run->source_key = !s->declined && !s->held.n && s->has_source_key
			      ? s->source_key
			      : "";
	run->declared = declared;
	run->before = s->fingerprint;
	run->verdict = s->verdict;
	owned_after(&mine, s, &run->owned);
	run->owns_more = s->whole != NULL;
	if (s->whole)
		*declared = '\0';
	else
		schema_hash(s->declared, declared);
	ok = s->whole || narrow(s, run, err);
	run->schemas = *db_managed(s->db);
	run->strays = &s->kept;
	apply_describe(s, &run->statements);
	ok = ok && journal_write(&mine, s->db, run, &s->run, err);
	if (ok)
		memcpy(s->fingerprint, run->fingerprint, HASH_HEX);
	arena_release(&mine);
	return ok;
}

/* Looks at what is there while it still is, in memory and in the trash. */
static bool
remember(
    struct sync *s, struct trash *t, struct journal_run *run, struct err *err)
{
	if (!s->steps.n)
		return true;
	if (s->options.prune || s->options.owned_too)
		record_strangers(s->arena, s->current, s->target,
		    &s->state.owned, s->options.owned_too, &run->change);
	return journal_counter(s->db, &run->counter, err) &&
	       record_change(s->arena, s->db, s->current, s->target,
		   s->plan->diff, &run->change, err) &&
	       trash_keep(t, s, err);
}

static bool
apply_inside(struct sync *s, struct trash *t, bool *moved, struct err *err)
{
	const struct sync_dialect *d = sync_dialect(s->plan->dialect);
	struct journal_run run = { .counter = -1 };
	struct guard g;

	if (d->fence && !d->fence(s->arena, s->db, s->plan, moved, err))
		return false;
	budget_begin(s);
	if (!look_again(s, moved, err) || *moved)
		return false;
	tell(s, "counting rows", -1);
	s->guard = &g;
	if (!d->guard(s->arena, s->db, s->plan, &g, err) ||
	    !remember(s, t, &run, err) || !apply_steps(s, err))
		return false;
	tell(s, "checking what was written", -1);
	if (!budget_end(s, err) || !trash_settle(t, err) ||
	    !d->verify(s->arena, s->db, s->plan, &g, err) ||
	    !note_fingerprint(s, &run, err) ||
	    (s->steps.n && !(s->whole ? prove_part(s, err)
				      : apply_prove(s, s->target, err))))
		return false;
	record_settle(s->arena, s->target, &run.change);
	trash_note(t, &run.change);
	s->lost = run.change.lost;
	tell(s, "waiting for who still reads", -1);
	return write_journal(s, &run, err) && db_commit(s->db, err);
}

/* What is done before the transaction; sets *again where it was something, for
 * then the database is another. */
static bool
make_ahead(struct sync *s, bool *again, struct err *err)
{
	if (!online_make(s, again, err) || *again)
		return !err->kind;
	if (!online_rest_first(s, again, err) || *again)
		return !err->kind;
	if (!batch_ahead(s, err))
		return false;
	*again = s->ahead.n > 0;
	return true;
}

/* What has left its place before the transaction comes back. */
static bool
stop(struct sync *s, bool left, struct err *err)
{
	struct err why = { 0 };

	db_progress(s->db, NULL, NULL);
	if (left && !online_put_back(s, &why) && err->kind) {
		err->kind = ERR_INTERRUPTED;
		err_add(err,
		    "a partition has left its table already (deesse status "
		    "shows it); push again to go on");
	}
	err_release(&why);
	return false;
}

bool
sync_apply(struct sync *s, bool *moved, struct err *err)
{
	const struct sync_dialect *d = sync_dialect(s->plan->dialect);
	struct err ignored = { 0 };
	struct trash t;
	bool ok, left = false;

	*moved = false;
	if (!protect_allows(s->protection, s->project, &s->options, err))
		return false;
	if (s->options.progress)
		db_progress(s->db, tick, s);
	if (!make_ahead(s, moved, err) || *moved) {
		db_progress(s->db, NULL, NULL);
		return false;
	}
	if (!online_detach(s, moved, &left, err))
		return *moved ? false : stop(s, left, err);
	if (!db_rebuild_mode(s->db, s->plan->rebuilds, err) ||
	    !db_begin(s->db, err))
		return stop(s, left, err);
	trash_init(&t, s->arena, s->db);
	s->trash = &t;
	ok = apply_inside(s, &t, moved, err);
	s->trash = NULL;
	s->guard = NULL;
	if (ok) {
		s->kept_entries = (int64_t)t.kept.n;
		s->kept_bytes = t.bytes;
		s->kept_path = t.path;
	} else {
		db_rollback(s->db);
		trash_forget(&t);
		stop(s, left, err);
	}
	trash_release(&t);
	db_progress(s->db, NULL, NULL);
	if (s->plan->rebuilds)
		db_rebuild_mode(s->db, false, &ignored);
	err_release(&ignored);
	if (!ok && !*moved && d->wants_values_first &&
	    d->wants_values_first(s->db)) {
		err_release(err);
		*moved = values_first(s, err);
	}
	return ok;
}
