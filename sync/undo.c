/* undo - runs taken back, schema and rows */
#include "sync/undo.h"
#include "sync/protect.h"

#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "introspect/introspect.h"
#include "sync/apply.h"
#include "sync/dialect.h"
#include "sync/record.h"
#include "sync/session.h"
#include "sync/undo_taking.h"

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

/* What comes back was deesse's, or went because somebody said so. */
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
		    (!map_get(&now, keys.v[i]) &&
			!record_strange(&k->change, keys.v[i])))
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
	       taking_prepare(k, err) && apply_steps(s, err) &&
	       taking_fill(k, err) && taking_rewrite(k, err) &&
	       taking_go_on(k, err) && trash_settle(&k->trash, err);
}

static bool
take_back(struct taking *k, struct err *err)
{
	struct undo *u = k->u;
	const struct sync_dialect *d = sync_dialect(k->now->dialect);
	bool filled = k->entries.n > 0, moved = false;
	struct guard g;

	if (d->fence && !d->fence(u->arena, u->db, u->sync.plan, &moved, err))
		return moved ? taking_cannot(
				   k, err, "a table went away meanwhile")
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
	if (!taking_look(k, err) || !taking_bring(k, err) ||
	    !taking_plan(k, err))
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
	if (u->db)
		session_close(u->project, u->db);
	u->db = NULL;
}
