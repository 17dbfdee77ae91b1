/* undo_plan - what a run that is taken back would change */
#include "sync/undo_taking.h"

#include <string.h>

#include "introspect/introspect.h"
#include "sync/judge.h"
#include "sync/loss.h"
#include "sync/session.h"
#include "sync/undo_target.h"

bool
taking_cannot(const struct taking *k, struct err *err, const char *why)
{
	return err_fail(err,
	    "run %lld cannot be taken back: %s; nothing was changed",
	    (long long)k->run->id, why);
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
		return taking_cannot(
		    k, err, "what it took away is no longer in the trash");
	for (size_t i = 0; i < k->entries.n; i++)
		if (k->entries.v[i].kind != LOSS_TABLE &&
		    k->entries.v[i].rowid && !k->same_rows)
			return taking_cannot(k, err,
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

bool
taking_look(struct taking *k, struct err *err)
{
	struct undo *u = k->u;
	bool known;

	if (!journal_change(
		u->arena, u->db, k->run->id, &k->change, &known, err))
		return false;
	if (!known)
		return taking_cannot(k, err,
		    "it was made by a version of deesse that did not keep "
		    "what is needed");
	if (k->change.lost)
		return taking_cannot(k, err,
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

/* What moved comes back first, so that nobody plans to make it again. */
bool
taking_bring(struct taking *k, struct err *err)
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
bool
taking_plan(struct taking *k, struct err *err)
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
