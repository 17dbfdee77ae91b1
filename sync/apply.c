/* apply - one transaction: look again, run, prove, journal, commit */
#include <string.h>

#include "introspect/introspect.h"
#include "shadow/shadow.h"
#include "sync/dialect.h"
#include "sync/judge.h"
#include "sync/sync.h"

/* What was confirmed is what runs: the schema must be the one that was planned
 * for, and the evidence that cleared a finding must still hold. */
static bool
look_again(struct sync *s, bool *moved, struct err *err)
{
	char now[HASH_HEX];
	bool held = true;

	if (!introspect_fingerprint(s->db, now, err))
		return false;
	*moved = strcmp(now, s->fingerprint) != 0;
	for (size_t i = 0; !*moved && i < s->steps.n; i++) {
		if (!probe_changes(s, s->steps.v[i].step, true, &held, err))
			return false;
		*moved = !held;
	}
	return true;
}

static bool
run_steps(struct sync *s, struct err *err)
{
	for (size_t i = 0; i < s->steps.n; i++) {
		const struct step *step = s->steps.v[i].step;

		for (size_t k = 0; k < step->sql.n; k++) {
			if (db_exec(s->db, step->sql.v[k], err))
				continue;
			err_add(err, "in: %s", step->sql.v[k]);
			if (step->source.file)
				err_prefix(err, "%s:%d", step->source.file,
				    step->source.line);
			return false;
		}
	}
	return true;
}

/* The database must now hold the predicted schema, to the letter. */
static bool
prove(struct sync *s, struct err *err)
{
	struct arena a = { 0 };
	struct schema *now = introspect(&a, s->db, err);
	bool ok = now != NULL;

	if (ok && !schema_equal(now, s->target)) {
		ok = err_fail(err,
		    "the database would not be what was planned; "
		    "everything was rolled back\n%s",
		    shadow_difference(&a, now, s->target));
	}
	arena_release(&a);
	return ok;
}

static const char *
place(struct arena *a, const struct source *source)
{
	return source->file ? arena_fmt(a, "%s:%d", source->file, source->line)
			    : NULL;
}

static void
owned_after(struct sync *s, struct names *owned)
{
	struct names all = { 0 };
	struct map strays = { 0 };

	diff_keys(s->arena, s->target, &all);
	for (size_t i = 0; i < s->kept.n; i++)
		map_put(s->arena, &strays, s->kept.v[i],
		    (void *)(size_t)s->kept.v[i]);
	for (size_t i = 0; i < all.n; i++)
		if (!map_get(&strays, all.v[i]))
			vec_push(s->arena, owned, all.v[i]);
}

static bool
write_journal(struct sync *s, bool whole, struct err *err)
{
	char after[HASH_HEX], declared[HASH_HEX];
	struct hash h;
	struct journal_run run = {
		.command = s->options.command,
		.version = s->options.version,
		.source_key = whole && s->has_source_key ? s->source_key : "",
		.fingerprint = after,
		.declared = declared,
		.before = s->fingerprint,
		.verdict = s->verdict,
	};

	if (!introspect_fingerprint(s->db, after, err))
		return false;
	hash_init(&h);
	hash_adds(&h, schema_text(s->arena, s->declared));
	hash_hex(&h, declared);
	for (size_t i = 0; i < s->steps.n; i++) {
		const struct judged *j = &s->steps.v[i];
		struct journal_statement x = {
			.sql = j->sql,
			.undo = j->undo,
			.phase = phase_name(j->step->phase),
			.verdict = j->verdict,
			.source = place(s->arena, &j->step->source),
		};

		vec_push(s->arena, &run.statements, x);
	}
	owned_after(s, &run.owned);
	return journal_write(s->arena, s->db, &run, NULL, err);
}

static bool
apply_inside(struct sync *s, bool *moved, struct err *err)
{
	const struct sync_dialect *d = sync_dialect(s->plan->dialect);
	struct guard g;

	if (!look_again(s, moved, err))
		return false;
	if (*moved)
		return false;
	return d->guard(s->arena, s->db, s->plan, &g, err) &&
	       run_steps(s, err) &&
	       d->verify(s->arena, s->db, s->plan, &g, err) &&
	       (!s->steps.n || prove(s, err)) &&
	       write_journal(s, !s->declined, err) && db_commit(s->db, err);
}

bool
sync_apply(struct sync *s, bool *moved, struct err *err)
{
	struct err ignored = { 0 };
	bool ok;

	*moved = false;
	if (!db_rebuild_mode(s->db, s->plan->rebuilds, err) ||
	    !db_begin(s->db, err))
		return false;
	ok = apply_inside(s, moved, err);
	if (!ok)
		db_rollback(s->db);
	if (s->plan->rebuilds)
		db_rebuild_mode(s->db, false, &ignored);
	err_release(&ignored);
	return ok;
}
