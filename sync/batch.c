/* batch - a plan that needs more locks than the server has */
#include "sync/batch.h"

#include <string.h>

#include "base/map.h"
#include "sync/dialect.h"

enum place { OPEN, TAKEN, MADE, TOLD, KEPT };

struct batches {
	struct sync *s;
	struct arena *a;
	const struct sync_dialect *d;
	char *at;         /* enum place, by change.place */
	struct map parts; /* of new tables: struct changes, by their key */
	struct lock_room room;
	struct schema *now;  /* what the database holds */
	struct changes next; /* what the next batch makes */
	size_t locks;        /* that it needs */
	bool begun;          /* one was made */
};

static const char *
key_of(struct arena *a, const char *schema, const char *name)
{
	return arena_fmt(a, "%s.%s", schema ? schema : "", name);
}

/* The table that the change or its object belongs to. */
static const char *
table_key(struct arena *a, const struct change *c)
{
	const struct object *o = c->new_object;

	if (c->new_table)
		return key_of(a, c->new_table->schema, c->new_table->name);
	return o && o->table ? key_of(a, o->schema, o->table) : NULL;
}

static struct changes *
parts_of(struct batches *b, const struct change *c)
{
	const char *key = table_key(b->a, c);

	return key ? map_get(&b->parts, key) : NULL;
}

static void
find_parts(struct batches *b)
{
	const struct changes *all = &b->s->plan->diff->changes;

	for (size_t i = 0; i < all->n; i++)
		if (all->v[i]->kind == CHANGE_CREATE_TABLE)
			map_put(b->a, &b->parts, table_key(b->a, all->v[i]),
			    arena_new(b->a, struct changes));
	for (size_t i = 0; i < all->n; i++) {
		struct changes *parts = parts_of(b, all->v[i]);

		if (parts)
			vec_push(b->a, parts, all->v[i]);
	}
}

static bool
makes_anew(struct batches *b, const struct change *c)
{
	switch (c->kind) {
	case CHANGE_CREATE_ENUM:
	case CHANGE_CREATE_TABLE:
	case CHANGE_CREATE_OBJECT:
		return true;
	case CHANGE_CREATE_INDEX:
	case CHANGE_ADD_CONSTRAINT:
	case CHANGE_ADD_PARTITION:
	case CHANGE_ROW_SECURITY:
	case CHANGE_COMMENT:
		return parts_of(b, c) != NULL;
	default:
		return false;
	}
}

/* Who may do what with a new thing comes with that thing, for it was accepted.
 */
static bool
is_harmless(const struct judged *j)
{
	for (size_t i = 0; i < j->findings.n; i++) {
		const struct finding *f = &j->findings.v[i];

		if (f->destructive && !f->cleared &&
		    f->class != CLASS_AUTHORIZATION)
			return false;
	}
	return true;
}

/* What is not safe, or is one half of a replacement, waits for the rest. */
static void
keep_others(struct batches *b)
{
	for (size_t i = 0; i < b->s->steps.n; i++) {
		const struct judged *j = &b->s->steps.v[i];
		const struct changes *of = &j->step->changes;

		for (size_t k = 0; k < of->n; k++) {
			const struct change *c = of->v[k];

			if (!is_harmless(j) || c->mate || of->n > 1 ||
			    !makes_anew(b, c))
				b->at[c->place] = KEPT;
		}
	}
}

/* Adds the change, what it needs, and of a table all that belongs to it: a
 * table is never there without its keys, triggers and policies. False where
 * some of that has to wait. */
static bool
take(struct batches *b, struct change *first, struct changes *group)
{
	vec_push(b->a, group, first);
	b->at[first->place] = TAKEN;
	for (size_t i = 0; i < group->n; i++) {
		const struct change *c = group->v[i];
		const struct changes *parts = parts_of(b, c);
		const struct changes *lists[] = { &c->needs, parts };

		for (size_t l = 0; l < 2; l++)
			for (size_t k = 0; lists[l] && k < lists[l]->n; k++) {
				struct change *o = lists[l]->v[k];

				if (b->at[o->place] == KEPT)
					return false;
				if (b->at[o->place] != OPEN)
					continue;
				b->at[o->place] = TAKEN;
				vec_push(b->a, group, o);
			}
	}
	return true;
}

static void
mark(struct batches *b, const struct changes *group, enum place at)
{
	for (size_t i = 0; i < group->n; i++)
		b->at[group->v[i]->place] = (char)at;
}

/* Takes what hangs together with a change that nobody has taken yet. */
static bool
take_open(struct batches *b, size_t i, struct changes *group)
{
	if (b->at[i] != OPEN)
		return false;
	if (take(b, b->s->plan->diff->changes.v[i], group))
		return true;
	mark(b, group, OPEN);
	b->at[i] = KEPT;
	return false;
}

static void
add_made(struct batches *b, struct schema *to)
{
	for (size_t i = 0; i < b->next.n; i++) {
		const struct change *c = b->next.v[i];

		if (c->kind == CHANGE_CREATE_TABLE)
			schema_add_table(b->a, to, (void *)c->new_table);
		else if (c->kind == CHANGE_CREATE_ENUM)
			schema_add_enum(b->a, to, (void *)c->new_enum);
		else if (c->kind == CHANGE_CREATE_OBJECT)
			schema_add_object(b->a, to, (void *)c->new_object);
	}
}

/* What is there and will be spoken of by what comes: a foreign key locks the
 * table that it leads to. */
static struct schema *
around(struct batches *b)
{
	struct schema *near = arena_new(b->a, struct schema);

	near->dialect = b->now->dialect;
	for (size_t i = 0; i < b->next.n; i++) {
		const struct table *t = b->next.v[i]->new_table;

		for (size_t k = 0; t && k < t->constraints.n; k++) {
			const struct constraint *x = t->constraints.v[k];
			struct table *to =
			    x->kind == CONSTRAINT_FOREIGN_KEY
				? schema_table(
				      b->now, x->target_schema, x->target)
				: NULL;

			if (to && !schema_table(near, to->schema, to->name))
				schema_add_table(b->a, near, to);
		}
	}
	return near;
}

static void
copy_things(struct arena *a, struct schema *to, const struct schema *from)
{
	for (size_t i = 0; i < from->tables.n; i++)
		schema_add_table(a, to, from->tables.v[i]);
}

/* The plan's own steps, as they were judged. */
static void
cut(struct batches *b, struct sync *part)
{
	const struct plan *all = b->s->plan;
	struct diff *d = arena_new(b->a, struct diff);
	struct plan *p = arena_new(b->a, struct plan);

	d->from = part->current;
	d->to = part->target;
	d->changes = b->next;
	p->dialect = all->dialect;
	p->diff = d;
	part->plan = p;
	part->verdict = VERDICT_SAFE;
	mark(b, &b->next, MADE);
	for (size_t i = 0; i < b->s->steps.n; i++) {
		const struct judged *j = &b->s->steps.v[i];

		if (b->at[j->step->changes.v[0]->place] != MADE)
			continue;
		vec_push(b->a, &p->steps, (struct step *)(void *)j->step);
		vec_push(b->a, &part->steps, *j);
		if (j->verdict == VERDICT_DESTRUCTIVE)
			part->verdict = VERDICT_DESTRUCTIVE;
	}
	mark(b, &b->next, TOLD);
}

/* What nobody owned before is not owned because it was there meanwhile. */
static void
keep_strays(struct batches *b)
{
	struct names keys = { 0 };
	struct sync *s = b->s;

	diff_keys(b->a, s->current, &keys);
	for (size_t i = 0; i < keys.n; i++)
		if (!map_get(&s->state.owned, keys.v[i]))
			vec_push(b->a, &s->kept, keys.v[i]);
}

static bool
apply_next(struct batches *b, struct err *err)
{
	struct sync *s = b->s, part = *s;
	bool moved;

	part.steps = part.ahead = (struct judgements){ 0 };
	part.declined = part.ahead_of_rest = true;
	part.follows = b->begun;
	part.current = around(b);
	part.target = arena_new(b->a, struct schema);
	part.target->dialect = b->now->dialect;
	copy_things(b->a, part.target, part.current);
	add_made(b, part.target);
	add_made(b, b->now);
	part.whole = b->now;
	cut(b, &part);
	if (!sync_apply(&part, &moved, err))
		return moved && err_fail(err, "the database changed meanwhile");
	for (size_t i = 0; i < part.steps.n; i++)
		vec_push(s->arena, &s->ahead, part.steps.v[i]);
	b->begun = true;
	s->first = part.run;
	s->first_why = "all together would need more locks than the server has";
	b->next = (struct changes){ 0 };
	b->locks = 0;
	return true;
}

static size_t
locks_kept(struct batches *b)
{
	const struct changes *all = &b->s->plan->diff->changes;
	struct changes rest = { 0 };

	for (size_t i = 0; i < all->n; i++)
		if (b->at[i] == KEPT)
			vec_push(b->a, &rest, all->v[i]);
	return b->d->locks(b->a, &rest);
}

static bool
apply_all(struct batches *b, struct err *err)
{
	const struct changes *all = &b->s->plan->diff->changes;

	for (size_t i = 0; i < all->n; i++) {
		struct changes group = { 0 };
		size_t locks;

		if (!take_open(b, i, &group))
			continue;
		locks = b->d->locks(b->a, &group);
		if (b->next.n && b->locks + locks > b->room.of_batch &&
		    !apply_next(b, err))
			return false;
		b->locks += locks;
		for (size_t k = 0; k < group.n; k++)
			vec_push(b->a, &b->next, group.v[k]);
	}
	/* the last one goes with the rest, where it can */
	return !b->next.n || b->locks + locks_kept(b) <= b->room.of_batch ||
	       apply_next(b, err);
}

/* The most that one transaction needs, were all batches made. */
static size_t
locks_of_largest(struct batches *b)
{
	const struct changes *all = &b->s->plan->diff->changes;
	char *at = arena_array(b->a, char, all->n + 1);
	size_t most = 0, kept;

	memcpy(at, b->at, all->n);
	for (size_t i = 0; i < all->n; i++) {
		struct changes group = { 0 };
		size_t locks;

		if (!take_open(b, i, &group))
			continue;
		locks = b->d->locks(b->a, &group);
		most = locks > most ? locks : most;
	}
	kept = locks_kept(b);
	memcpy(b->at, at, all->n);
	return kept > most ? kept : most;
}

static bool
refuse(const struct batches *b, size_t locks, struct err *err)
{
	size_t each = b->room.all / b->room.per_transaction;

	return err_fail(err,
	    "%s: this plan needs about %zu locks at once, and the server has "
	    "room for %zu; nothing was changed\n"
	    "set max_locks_per_transaction to %zu or more (it is %zu) and "
	    "restart the server, or push fewer changes at a time",
	    db_name(b->s->db), locks, b->room.all,
	    locks + locks / 4 > b->room.all ? (locks + locks / 4) / each + 1
					    : b->room.per_transaction,
	    b->room.per_transaction);
}

bool
batch_ahead(struct sync *s, struct err *err)
{
	const struct changes *all = &s->plan->diff->changes;
	struct batches b = {
		.s = s, .a = s->arena, .d = sync_dialect(s->plan->dialect)
	};
	size_t locks;

	if (!b.d->locks || s->ahead_of_rest || !all->n)
		return true;
	locks = b.d->locks(b.a, all);
	if (locks < LOCKS_OF_ANY_SERVER)
		return true;
	if (!b.d->room(s->db, &b.room, err))
		return false;
	if (locks <= b.room.of_batch)
		return true;
	b.at = arena_array(b.a, char, all->n);
	find_parts(&b);
	keep_others(&b);
	locks = locks_of_largest(&b);
	if (locks > b.room.all)
		return refuse(&b, locks, err);
	keep_strays(&b);
	b.now = schema_share(b.a, s->current);
	schema_reindex(b.a, b.now);
	return apply_all(&b, err);
}
