/* online - what takes long is made while others go on */
#include "sync/online.h"

#include <string.h>

#include "introspect/introspect.h"
#include "sync/dialect.h"
#include "sync/judge.h"
#include "sync/trash.h"

static const struct online *
find(const struct sync *s, const char *name)
{
	for (size_t i = 0; i < s->current->online.n; i++)
		if (!strcmp(s->current->online.v[i].name, name))
			return &s->current->online.v[i];
	return NULL;
}

/* What belongs to a change has its name, with a number where it has several. */
static bool
is_of(const struct online *o, const char *name)
{
	size_t n = strlen(name);

	return !strncmp(o->name, name, n) && (!o->name[n] || o->name[n] == '_');
}

static bool
is_wanted(const struct sync *s, const struct online *o)
{
	const struct changes *all = &s->plan->diff->changes;

	for (size_t i = 0; i < all->n; i++)
		if (all->v[i]->online && is_of(o, all->v[i]->online))
			return true;
	return false;
}

/* What is half an index must go; half a constraint only has to be validated. */
static bool
drop_unwanted(struct sync *s, bool *again, struct err *err)
{
	const struct sync_dialect *d = sync_dialect(s->plan->dialect);

	for (size_t i = 0; i < s->current->online.n; i++) {
		const struct online *o = &s->current->online.v[i];

		if (is_wanted(s, o) && (o->valid || o->constraint || o->column))
			continue;
		if (!d->drop_online(s->db, o, err))
			return err_add(
			    err, "it was left by a run that was interrupted");
		vec_push(s->arena, &s->dropped, o->name);
		*again = true;
	}
	return true;
}

/* Those that belong together are one. */
static void
join(struct arena *a, const struct online_steps *all, struct online_steps *out)
{
	for (size_t i = 0; i < all->n; i++) {
		struct online_step *last = out->n ? &out->v[out->n - 1] : NULL;

		if (last && last->how == ONLINE_COLUMN &&
		    all->v[i].how == ONLINE_COLUMN)
			last->sql =
			    arena_fmt(a, "%s;\n%s", last->sql, all->v[i].sql);
		else
			vec_push(a, out, all->v[i]);
	}
}

/* Was it done by a run that was interrupted? A column that was there is marked
 * by a check; where it becomes required the real one has to take its place. */
static bool
is_there(
    const struct sync *s, const struct change *c, const struct online_step *x)
{
	struct online is = transpile_online_thing(c);
	bool marked = is.fills && !is.column;
	const struct online *o = find(s, x->name ? x->name : c->online);

	if (!o)
		return false;
	switch (x->how) {
	case ONLINE_COLUMN:
		return o->column || (marked && o->constraint);
	case ONLINE_CHECK:
		return o->constraint && !marked;
	case ONLINE_LONG:
		return x->name && o->valid;
	case ONLINE_FILL:
	case ONLINE_DETACH:
	case ONLINE_NONE:
		return false;
	}
	return false;
}

/* Sets *begun where something of it is there now. */
static bool
make(struct sync *s, const struct change *c, bool *begun, struct err *err)
{
	const struct sync_dialect *d = sync_dialect(s->plan->dialect);
	struct online_steps all = { 0 }, steps = { 0 };

	c = c->exchange ? c->exchange : c;
	transpile_make_online(s->arena, s->plan->dialect, c, &all);
	join(s->arena, &all, &steps);
	for (size_t i = 0; i < steps.n; i++) {
		const struct online_step *x = &steps.v[i];

		if (is_there(s, c, x) || d->make_online(s, c, x, err)) {
			*begun = true;
			continue;
		}
		if (x->how != ONLINE_COLUMN)
			err_add(err, "in: %s", x->sql);
		if (c->source.file)
			err_prefix(
			    err, "%s:%d", c->source.file, c->source.line);
		return false;
	}
	return true;
}

/* A check that stays would refuse rows of programs that know of nothing. A
 * column that is filled in part is work that the next run need not do. */
static void
forget(struct sync *s, const struct onlines *made, struct err *err)
{
	const struct sync_dialect *d = sync_dialect(s->plan->dialect);
	bool go_on = d->may_go_on(s->db), stays = false;

	for (size_t i = 0; i < made->n; i++) {
		struct online o = made->v[i];
		struct err ignored = { 0 };

		stays |= go_on && o.fills;
		if (go_on && o.fills && !o.column)
			continue;
		o.column = o.column && !go_on;
		d->drop_online(s->db, &o, &ignored);
		err_release(&ignored);
	}
	if (!stays)
		return;
	err->kind = ERR_INTERRUPTED;
	err_add(err, "what was filled stays under a name of its own (deesse "
		     "status shows it); push again to go on");
}

/* A partition that has left is seen by everybody, so it is the last thing. */
static bool
leaves(const struct change *c)
{
	return c->online && c->kind == CHANGE_DROP_PARTITION;
}

static bool
make_all(struct sync *s, bool *again, struct err *err)
{
	const struct changes *all = &s->plan->diff->changes;
	struct onlines made = { 0 };

	for (size_t i = 0; i < all->n; i++) {
		struct change *c = all->v[i];
		bool begun = false;
		const struct online *o = c->online ? find(s, c->online) : NULL;

		if (!c->online || (o && o->valid) || leaves(c))
			continue;
		vec_push(s->arena, &made, transpile_online_thing(c));
		s->doing = arena_fmt(s->arena, "%s, beside those who work",
		    change_text(s->arena, c));
		s->doing_rows = -1;
		if (!make(s, c, &begun, err)) {
			made.v[made.n - 1].fills &= begun;
			forget(s, &made, err);
			*again = false;
			return false;
		}
		*again = true;
	}
	return true;
}

bool
online_make(struct sync *s, bool *again, struct err *err)
{
	if (s->only_values ||
	    (!s->current->online.n && s->options.online == ONLINE_NEVER))
		return true;
	return drop_unwanted(s, again, err) &&
	       (*again || (trash_fits(s, err) && make_all(s, again, err)));
}

bool
online_return(struct sync *s, bool *again, struct err *err)
{
	const struct onlines *all = &s->current->online;
	const struct sync_dialect *d = sync_dialect(s->current->dialect);

	*again = false;
	for (size_t i = 0; !s->options.read_only && i < all->n; i++) {
		if (!all->v[i].part)
			continue;
		if (!d->drop_online(s->db, &all->v[i], err))
			return err_add(
			    err, "it was left by a run that was interrupted");
		vec_push(s->arena, &s->dropped, all->v[i].name);
		*again = true;
	}
	return true;
}

bool
online_put_back(struct sync *s, struct err *err)
{
	const struct sync_dialect *d = sync_dialect(s->plan->dialect);
	bool ok = true;

	for (size_t i = 0; i < s->plan->diff->changes.n; i++) {
		const struct change *c = s->plan->diff->changes.v[i];
		struct online o;

		if (!leaves(c))
			continue;
		o = transpile_online_thing(c);
		o.schema = c->old_partition->schema ? c->old_partition->schema
						    : c->old_table->schema;
		o.table = c->old_partition->name;
		ok &= d->drop_online(s->db, &o, err);
	}
	return ok;
}

bool
online_detach(struct sync *s, bool *moved, bool *left, struct err *err)
{
	const struct changes *all = &s->plan->diff->changes;
	char now[HASH_HEX];
	bool begun = false;

	for (size_t i = 0; i < all->n; i++) {
		struct change *c = all->v[i];

		if (!leaves(c))
			continue;
		if (!*left && !introspect_fingerprint(s->db, now, err))
			return false;
		*moved = !*left && strcmp(now, s->fingerprint) != 0;
		if (*moved)
			return false;
		*left = true;
		s->doing = arena_fmt(s->arena, "%s, beside those who work",
		    change_text(s->arena, c));
		s->doing_rows = -1;
		if (!make(s, c, &begun, err))
			return false;
	}
	return !*left || introspect_fingerprint(s->db, s->fingerprint, err);
}

/* ---- what has to wait ---------------------------------------------------- */

bool
online_rest_first(struct sync *s, bool *again, struct err *err)
{
	struct sync part = *s;
	struct schema *to;
	bool moved;

	if (!s->later.n || s->ahead_of_rest)
		return true;
	to = diff_without(s->arena, s->plan->diff, &s->later);
	part.steps = part.ahead = (struct judgements){ 0 };
	part.declined = part.ahead_of_rest = true;
	if (!sync_compare(&part, s->current, to, err))
		return false;
	part.declared = s->declared;
	if (!part.steps.n)
		return true;
	if (part.refused)
		return err_fail(err,
		    "the first part of this plan was judged otherwise than the "
		    "whole; nothing of it was applied");
	if (!sync_apply(&part, &moved, err))
		return moved && err_fail(err, "the database changed meanwhile");
	for (size_t i = 0; i < part.steps.n; i++)
		vec_push(s->arena, &s->ahead, part.steps.v[i]);
	s->kept_entries = part.kept_entries;
	s->kept_bytes = part.kept_bytes;
	s->lost = part.lost;
	s->first = part.run;
	s->first_why = "what takes long is made beside those who work, and "
		       "needs it";
	*again = true;
	return true;
}
