/* pipeline - the picture in sync.h, in code */
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "introspect/introspect.h"
#include "sentinel/sentinel.h"
#include "shadow/shadow.h"
#include "sync/change_key.h"
#include "sync/dialect.h"
#include "sync/judge.h"
#include "sync/online.h"
#include "sync/protect.h"
#include "sync/session.h"
#include "sync/sync.h"

void
sync_init(struct sync *s, struct arena *a, const struct project *p,
    const struct sync_options *options)
{
	*s = (struct sync){ .arena = a, .project = p, .options = *options };
}

void
sync_release(struct sync *s)
{
	if (s->db)
		session_close(s->project, s->db);
	s->db = NULL;
}

struct db *
sync_hold(struct sync *s)
{
	struct db *db = s->db;

	if (db && sync_dialect(s->project->url.dialect)->schemas) {
		s->db = NULL;
		return db;
	}
	sync_release(s);
	return NULL;
}

bool
sync_is_done(const struct sync *s)
{
	return s->unchanged || !s->steps.n;
}

static bool
same(const char *a, const char *b)
{
	return a && b && *a && !strcmp(a, b);
}

/* Is everything read, whatever two hashes say? */
static bool
wants_whole(const struct sync *s)
{
	const struct sync_options *o = &s->options;

	return o->prune || o->whole || o->decisions ||
	       (o->owned_too && o->owned_too->n);
}

/* Did neither side move since the last push? Two hashes say so; the answer
 * may be "no" for any reason, for then all is read. */
static bool
answer_fast(struct sync *s, struct journal_state *head, struct err *err)
{
	bool ok, whole = wants_whole(s);

	/* who compiles in any case is told the key then */
	s->has_source_key =
	    (s->db || !whole) && dsl_key(&s->project->dsl, s->source_key);
	if (s->db)
		return session_renew(s->arena, s->db, s->project, head, err);
	if (!s->has_source_key || whole)
		return true;
	ok = session_open_head(
		 s->arena, &s->db, s->project, DB_READ_NEW, head, err) &&
	     (!same(head->source_key, s->source_key) ||
		 introspect_fingerprint(s->db, s->fingerprint, err));
	if (!ok)
		return false;
	s->unchanged = same(head->version, s->options.version) &&
		       same(head->source_key, s->source_key) &&
		       same(head->fingerprint, s->fingerprint);
	/* a file is not held open while a compiler runs */
	if (s->unchanged || !sync_dialect(s->project->url.dialect)->schemas)
		sync_release(s);
	return true;
}

static enum db_mode
mode_of(const struct sync *s)
{
	return s->options.read_only ? DB_READ_NEW : DB_WRITE;
}

static bool
set_up(struct sync *s, struct err *err)
{
	if (s->options.budget.lock_ms)
		db_timeout(s->db, s->options.budget.lock_ms);
	return s->options.read_only || db_lock(s->db, err);
}

/* What the fast look saw of these schemas, or what was asked ahead, need not be
 * asked again: were it too old by now, the look before anything is changed
 * would say so. */
static bool
open_database(struct sync *s, const struct journal_state *head, struct err *err)
{
	const struct names *seen = s->db ? db_managed(s->db) : NULL;

	if (!budget_fits(s, err) || !session_again(s->arena, &s->db, s->project,
					mode_of(s), s->declared, head, err))
		return false;
	if (!seen || seen != db_managed(s->db))
		*s->fingerprint = '\0';
	return introspect_is_ahead(s->db) || set_up(s, err);
}

/* All that the database has is of what is declared: nothing is left to others,
 * so that nobody asks what is owned. */
static bool
is_all_declared(const struct sync *s)
{
	const struct schema *c = s->current, *d = s->declared;

	for (size_t i = 0; i < c->tables.n; i++)
		if (schema_table(d, c->tables.v[i]->schema,
			c->tables.v[i]->name) != c->tables.v[i])
			return false;
	for (size_t i = 0; i < c->objects.n; i++)
		if (schema_object_like(d, c->objects.v[i]) != c->objects.v[i])
			return false;
	for (size_t i = 0; i < c->enums.n; i++)
		if (!schema_enum(d, c->enums.v[i]->schema, c->enums.v[i]->name))
			return false;
	return !c->unmanaged.n && !c->online.n && !s->options.decisions;
}

/* Who takes no lock need not ask again what the session has asked just before
 * the moment that was read. */
static bool
read_state(struct sync *s, const struct journal_state *head, struct err *err)
{
	if (!is_all_declared(s))
		return journal_read(s->arena, s->db, &s->state, err);
	if (!head || !s->options.read_only)
		return journal_read_head(s->arena, s->db, &s->state, err);
	s->state = *head;
	return true;
}

/* Who only looks, and finds nothing to do, needs no fingerprint. */
static bool
end_reading(struct sync *s, struct err *err)
{
	bool nothing = s->options.read_only && s->options.only_looks &&
		       is_all_declared(s) &&
		       schema_equal(s->current, s->declared);

	return introspect_end(s->db, nothing ? NULL : s->fingerprint, err);
}

static bool
read_both(struct sync *s, bool ahead, const struct journal_state *head,
    struct err *err)
{
	const char *state_dir = s->project->dsl.state_dir;

	return (ahead || *s->fingerprint ||
		   introspect_fingerprint(s->db, s->fingerprint, err)) &&
	       introspect_spell(
		   s->arena, s->db, s->declared, NULL, state_dir, NULL, err) &&
	       (s->current =
		       introspect_like(s->arena, s->db, s->declared, err)) &&
	       (!ahead || end_reading(s, err)) &&
	       read_state(s, ahead ? head : NULL, err) &&
	       introspect_spell(s->arena, s->db, s->declared, s->current,
		   state_dir, &s->unproven, err);
}

static bool
read_database(struct sync *s, const struct journal_state *head, struct err *err)
{
	bool ahead = introspect_is_ahead(s->db);
	bool ok = read_both(s, ahead, head, err);

	if (!ok && ahead)
		db_rollback(s->db);
	return ok;
}

/* What CONFIG protects is not even made where it is missing. */
static bool
find_protection(struct sync *s, struct err *err)
{
	struct protection *x = arena_new(s->arena, struct protection);
	struct err no = { 0 };

	if (!protect_find(s->arena, s->project, x, err))
		return false;
	s->protection = x;
	s->options.read_only |=
	    !protect_allows(x, s->project, &s->options, &no);
	err_release(&no);
	return true;
}

/* A server works while the compiler does. What is wrong there is said when the
 * collections are known, and after what is wrong with them. */
static bool
begin_reading(struct sync *s, struct journal_state *head, struct err *err)
{
	struct err later = { 0 };
	bool ok;

	if (!sync_dialect(s->project->url.dialect)->schemas)
		return true;
	if (!find_protection(s, &later) || !budget_fits(s, &later)) {
		err_release(&later);
		return true;
	}
	ok = s->db || session_open_head(
			  s->arena, &s->db, s->project, mode_of(s), head, err);
	/* what else there is the fingerprint has said, if it was asked */
	return ok && set_up(s, err) &&
	       (*s->fingerprint || introspect_ahead(s->db, err));
}

/* What cannot run now still cannot where it stays, or is made again. */
static bool
find_unusable(struct sync *s, const struct diff *d, struct err *err)
{
	if (!s->db || !transpile_asks_usable(d))
		return true;
	if (!shadow_unusable(s->arena, s->db, s->current, err))
		return false;
	for (size_t i = 0; i < s->current->objects.n; i++) {
		const struct object *o = s->current->objects.v[i];
		struct object *stays =
		    o->unusable ? schema_object_like(s->target, o) : NULL;

		if (stays && !strcmp(o->sql.key, stays->sql.key))
			stays->unusable = o->unusable;
	}
	return true;
}

/* From two schemas to judged steps. */
static bool
plan(struct sync *s, struct err *err)
{
	struct diff *d = diff_schemas(s->arena, s->current, s->target);

	return find_unusable(s, d, err) && online_mark(s, d, err) &&
	       (s->plan = transpile_plan(s->arena, d, err)) && judge(s, err);
}

/* What is to stay as it is for now is taken out of the target. */
static void
hold_back(struct sync *s)
{
	const struct names *keys = s->options.held;
	struct changes held = { 0 };
	struct diff *d;

	if (!keys || !keys->n)
		return;
	d = diff_schemas(s->arena, s->current, s->target);
	for (size_t i = 0; i < d->changes.n; i++) {
		const char *key =
		    change_key(s->arena, s->current->dialect, d->changes.v[i]);

		if (!change_among(key, keys))
			continue;
		vec_push(s->arena, &s->held, key);
		vec_push(s->arena, &held, d->changes.v[i]);
	}
	if (held.n)
		s->target = diff_without(s->arena, d, &held);
}

/* NULL: everything. */
static const struct map *
what_is_owned(struct sync *s)
{
	const struct names *more = s->options.owned_too;

	for (size_t i = 0; more && i < more->n; i++)
		map_put(s->arena, &s->state.owned, more->v[i],
		    (void *)(size_t)more->v[i]);
	return s->options.prune ? NULL : &s->state.owned;
}

/* The first database, and the first statement to judge, make what all others
 * use. */
static void
meanwhile(enum dialect d)
{
	struct arena scratch = { 0 };
	struct findings ignored = { 0 };

	db_prepare(d);
	sentinel_judge_text(&scratch, d, "CREATE TABLE a (b)", &ignored);
	arena_release(&scratch);
}

bool
sync_has_moved(struct sync *s)
{
	char now[HASH_HEX];
	struct err ignored = { 0 };
	bool moved = s->db && *s->fingerprint &&
		     introspect_fingerprint(s->db, now, &ignored) &&
		     strcmp(now, s->fingerprint) != 0;

	err_release(&ignored);
	return moved;
}

/* The database is read in several queries, and by the scratch copy once more:
 * who changes it in between is seen by some of them only. */
static bool
read_and_plan(struct sync *s, const struct journal_state *head, struct err *err)
{
	bool again = true;

	s->kept.n = s->held.n = s->unproven.n = 0;
	while (again) {
		s->current = NULL;
		if (!read_database(s, head, err) ||
		    !online_return(s, &again, err))
			return false;
		if (again)
			*s->fingerprint = '\0';
	}
	protect_mark(s->arena, s->protection, &s->state);
	s->target = diff_target(
	    s->arena, s->declared, s->current, what_is_owned(s), &s->kept);
	hold_back(s);
	return plan(s, err);
}

#define READINGS 5

bool
sync_plan(struct sync *s, struct err *err)
{
	struct dsl_options dsl = s->project->dsl;
	struct journal_state head = { 0 };
	struct err later = { 0 };
	bool ok;

	dsl.meanwhile = meanwhile;

	if (!answer_fast(s, &head, err) || s->unchanged)
		return !err->kind;
	begin_reading(s, &head, &later);
	s->declared = dsl_compile_key(s->arena, &dsl, s->source_key, err);
	if (!s->declared) {
		err_release(&later);
		return false;
	}
	if (s->options.decisions)
		decisions_rename(s->arena, s->options.decisions, s->declared);
	s->has_source_key = *s->source_key;
	if (later.kind) {
		*err = later;
		return false;
	}
	if (!find_protection(s, err) || !open_database(s, &head, err))
		return false;
	ok = read_and_plan(s, &head, err);
	/* what was asked ahead has no fingerprint yet where it failed */
	for (int n = 1; !ok && n < READINGS &&
			((n == 1 && !*s->fingerprint) || sync_has_moved(s));
	     n++) {
		err_release(err);
		*s->fingerprint = '\0';
		ok = read_and_plan(s, NULL, err);
	}
	return ok && (!s->options.decisions || decisions_settle(s, err));
}

bool
sync_compare(
    struct sync *s, struct schema *from, struct schema *to, struct err *err)
{
	s->current = from;
	s->declared = s->target = to;
	return plan(s, err);
}

#define ROUNDS 20

bool
sync_decline(struct sync *s, struct err *err)
{
	/* what is left may still be refused, for it hung together with what
	 * was declined: each round declines more, in the end everything */
	for (int round = 0; s->refused; round++) {
		s->target = round < ROUNDS ? decline(s) : s->current;
		s->declined = true;
		if (!plan(s, err))
			return false;
	}
	return true;
}

void
sync_hash(const struct sync *s, char hex[HASH_HEX])
{
	struct hash h;

	hash_init(&h);
	hash_adds(&h, s->fingerprint);
	for (size_t i = 0; i < s->steps.n; i++)
		hash_adds(&h, s->steps.v[i].sql);
	hash_hex(&h, hex);
}

bool
sync_write_shadow(struct sync *s, struct err *err)
{
	struct buf ddl = { 0 };
	bool ok;

	if (!s->declared)
		return true;
	transpile_schema(&ddl, s->declared);
	ok = shadow_write(s->project->dsl.state_dir, buf_str(&ddl), err);
	buf_release(&ddl);
	return ok;
}
