/* plan - changes into steps
 *
 * A step is what one statement does, or what cannot be done apart: a table that
 * is written anew, a drop and what replaces it. Putting changes together can
 * ask for another order, so the steps are sorted once more by what their
 * changes need.
 */
#include "transpile/ddl.h"

#include <stdlib.h>

#include "base/hash.h"

static const struct ddl_dialect *const dialects[DIALECT_COUNT] = {
	[DIALECT_SQLITE] = &sqlite_ddl,
	[DIALECT_POSTGRES] = &postgres_ddl,
};

void
plan_say(struct planner *p, struct names *to, struct buf *b)
{
	vec_push(p->a, to, arena_strndup(p->a, buf_str(b), b->len));
	buf_cut(b, 0);
}

void
say(struct writing *w)
{
	plan_say(w->p, &w->s->sql, &w->b);
}

void
say_undo(struct writing *w)
{
	plan_say(w->p, &w->s->undo, &w->b);
}

struct schema *
plan_state(struct planner *p)
{
	if (!p->state)
		p->state = schema_copy(p->a, p->diff->from);
	for (; p->made < p->written; p->made++) {
		const struct step *s = p->plan->steps.v[p->made];

		for (size_t i = 0; i < s->changes.n; i++)
			diff_make(p->a, p->state, s->changes.v[i]);
	}
	return p->state;
}

struct table *
plan_table_after(struct planner *p, const struct table *before,
    struct change *const *changes, size_t n)
{
	struct schema alone = { .dialect = p->dialect };
	struct table *t = table_copy(p->a, before);

	vec_push(p->a, &alone.tables, t);
	for (size_t i = 0; i < n; i++)
		diff_make(p->a, &alone, changes[i]);
	return t;
}

/* Which step each change is in, and what is known of steps meanwhile. */
struct grouping {
	struct planner *p;
	struct step **of;    /* by change.place */
	struct map rebuilds; /* steps, by the name of the table */
	struct steps steps;
	size_t *asked; /* by change.place: the last search that came by */
	size_t searches;
};

static bool
is_of_table(const struct change *c)
{
	return c->new_table && c->old_table && c->kind != CHANGE_RENAME_TABLE &&
	       c->kind != CHANGE_RENAME_COLUMN;
}

static const char *
key_of(struct arena *a, const struct table *t)
{
	return arena_fmt(a, "%s.%s", t->schema ? t->schema : "", t->name);
}

static void
find_rebuilds(struct grouping *g)
{
	const struct changes *all = &g->p->diff->changes;

	for (size_t i = 0; i < all->n; i++) {
		const struct change *c = all->v[i];
		const char *key;

		if (!is_of_table(c) || !g->p->ops->rebuilds(c))
			continue;
		key = key_of(g->p->a, c->new_table);
		if (!map_get(&g->rebuilds, key))
			map_put(g->p->a, &g->rebuilds, key,
			    arena_new(g->p->a, struct step));
	}
}

static bool
leads_to(struct grouping *g, const struct change *c, const struct change *drop)
{
	if (g->asked[c->place] == g->searches)
		return false;
	g->asked[c->place] = g->searches;
	for (size_t i = 0; i < c->needs.n; i++)
		if (c->needs.v[i] == drop || leads_to(g, c->needs.v[i], drop))
			return true;
	return false;
}

/* Does something stand between the two halves: it needs the first gone, and
 * the second needs it? */
static bool
is_between(
    struct grouping *g, const struct change *drop, const struct change *add)
{
	g->searches++;
	for (size_t i = 0; i < add->needs.n; i++)
		if (add->needs.v[i] != drop &&
		    leads_to(g, add->needs.v[i], drop))
			return true;
	return false;
}

/* Halves of a replacement that follow each other are one thing to whoever
 * decides. */
static struct step *
step_of_mate(struct grouping *g, const struct change *c)
{
	if (!c->mate || c->kind == CHANGE_CREATE_OBJECT ||
	    c->kind == CHANGE_DROP_OBJECT ||
	    c->kind == CHANGE_PARTITION_BOUND || is_between(g, c->mate, c))
		return NULL;
	return g->of[c->mate->place];
}

static struct step *
find_step(struct grouping *g, const struct change *c)
{
	struct step *s = NULL;

	if (is_of_table(c))
		s = map_get(&g->rebuilds, key_of(g->p->a, c->new_table));
	if (s)
		s->rebuild = true;
	else
		s = c->by ? g->of[c->by->place] : step_of_mate(g, c);
	return s ? s : arena_new(g->p->a, struct step);
}

static void
add_change(struct arena *a, struct step *s, struct change *c)
{
	if (!s->source.file)
		s->source = c->source;
	if (!s->table)
		s->table = c->old_table;
	if (!s->target)
		s->target = c->new_table;
	if (c->phase == PHASE_TIGHTEN)
		s->phase = PHASE_TIGHTEN;
	for (size_t i = 0; i < c->findings.n; i++)
		vec_push(a, &s->findings, c->findings.v[i]);
	vec_push(a, &s->changes, c);
}

static void
group(struct grouping *g)
{
	const struct changes *all = &g->p->diff->changes;

	if (g->p->ops->rebuilds)
		find_rebuilds(g);
	for (size_t i = 0; i < all->n; i++) {
		struct change *c = all->v[i];
		struct step *s = find_step(g, c);

		if (!s->changes.n)
			vec_push(g->p->a, &g->steps, s);
		add_change(g->p->a, s, c);
		g->of[i] = s;
	}
}

static bool
needs_tight(const struct grouping *g, const struct step *s)
{
	for (size_t i = 0; i < s->changes.n; i++)
		for (size_t k = 0; k < s->changes.v[i]->needs.n; k++)
			if (g->of[s->changes.v[i]->needs.v[k]->place]->phase ==
			    PHASE_TIGHTEN)
				return true;
	return false;
}

static void
spread_phases(struct grouping *g)
{
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < g->steps.n; i++) {
			struct step *s = g->steps.v[i];

			if (s->phase == PHASE_TIGHTEN || !needs_tight(g, s))
				continue;
			s->phase = PHASE_TIGHTEN;
			more = true;
		}
	}
}

static int
by_phase(const void *a, const void *b)
{
	const struct step *x = *(struct step *const *)a;
	const struct step *y = *(struct step *const *)b;
	size_t i = x->changes.v[0]->place, k = y->changes.v[0]->place;

	if (x->phase != y->phase)
		return x->phase < y->phase ? -1 : 1;
	return i < k ? -1 : i > k;
}

/* A ring of steps is cut where it closes, as a ring of changes is. */
static void
place(struct grouping *g, char *seen, struct step *s)
{
	size_t at = s->changes.v[0]->place;

	if (seen[at])
		return;
	seen[at] = 1;
	for (size_t i = 0; i < s->changes.n; i++)
		for (size_t k = 0; k < s->changes.v[i]->needs.n; k++)
			place(
			    g, seen, g->of[s->changes.v[i]->needs.v[k]->place]);
	vec_push(g->p->a, &g->p->plan->steps, s);
}

/* Undo is written change by change, and must run in reverse. */
static void
reverse(struct names *undo, const size_t *ends, size_t n, struct arena *a)
{
	struct names out = { 0 };

	while (n-- > 0)
		for (size_t k = n ? ends[n - 1] : 0; k < ends[n]; k++)
			vec_push(a, &out, undo->v[k]);
	*undo = out;
}

static bool
write_step(struct planner *p, struct step *s, struct err *err)
{
	struct writing w = { .p = p, .s = s, .err = err, .ok = true };
	size_t *ends = arena_array(p->a, size_t, s->changes.n), n = 0;

	if (s->rebuild) {
		p->ops->rebuild(&w);
		buf_release(&w.b);
		return w.ok;
	}
	for (; w.ok && n < s->changes.n; n++) {
		w.c = s->changes.v[n];
		if (w.c->online)
			transpile_make_online(
			    p->a, p->dialect, w.c, &s->online);
		if (w.c->by)
			p->ops->carried(&w);
		else if (p->ops->write[w.c->kind])
			p->ops->write[w.c->kind](&w);
		else
			w.ok = err_fail(err, "%s has no way to %s",
			    dialect_name(p->dialect), change_text(p->a, w.c));
		ends[n] = s->undo.n;
	}
	reverse(&s->undo, ends, n, p->a);
	buf_release(&w.b);
	return w.ok;
}

bool
transpile_asks_usable(const struct diff *d)
{
	const struct changes *all = &d->changes;
	const struct ddl_dialect *ops = dialects[d->to->dialect];

	for (size_t i = 0; i < all->n; i++)
		if (ops->reads_all[all->v[i]->kind])
			return d->from->objects.n > 0;
	return false;
}

struct plan *
transpile_plan(struct arena *a, const struct diff *d, struct err *err)
{
	struct plan *plan = arena_new(a, struct plan);
	struct planner p = { .a = a,
		.dialect = d->to->dialect,
		.ops = dialects[d->to->dialect],
		.diff = d,
		.plan = plan };
	struct grouping g = { .p = &p,
		.of = arena_array(a, struct step *, d->changes.n),
		.asked = arena_array(a, size_t, d->changes.n) };
	char *seen = arena_array(a, char, d->changes.n);

	plan->dialect = d->to->dialect;
	plan->diff = d;
	group(&g);
	spread_phases(&g);
	if (g.steps.n)
		qsort(g.steps.v, g.steps.n, sizeof(*g.steps.v), by_phase);
	for (size_t i = 0; i < g.steps.n; i++)
		place(&g, seen, g.steps.v[i]);
	for (; p.written < plan->steps.n; p.written++) {
		struct step *s = plan->steps.v[p.written];

		if (!write_step(&p, s, err))
			return NULL;
		plan->rebuilds |= s->rebuild;
	}
	return plan;
}

bool
transpile_rewrite(struct arena *a, const struct schema *now,
    const struct table *new, struct names *out)
{
	const struct ddl_dialect *ops = dialects[now->dialect];
	const struct table *old = schema_table(now, new->schema, new->name);
	struct planner p = { .a = a,
		.dialect = now->dialect,
		.ops = ops,
		.state = schema_copy(a, now) };

	if (!ops->rewrite || !old)
		return false;
	ops->rewrite(&p, out, old, new, false);
	return true;
}

const char *
transpile_online(struct arena *a, enum dialect d, const struct change *c)
{
	const struct ddl_dialect *ops = dialects[d];
	char hex[HASH_HEX];
	struct online_steps sql = { 0 };
	struct hash h;
	struct buf b = { 0 };

	if (!ops->online || !ops->online(c))
		return NULL;
	ops->make_online(a, &b, c, "", &sql);
	buf_release(&b);
	hash_init(&h);
	for (size_t i = 0; i < sql.n; i++)
		hash_adds(&h, sql.v[i].sql);
	hash_hex(&h, hex);
	return arena_fmt(a, "%s%.16s",
	    c->kind == CHANGE_DROP_PARTITION ? ONLINE_PART : ONLINE_PREFIX,
	    hex);
}

const struct change *
transpile_exchange(struct arena *a, const struct diff *d,
    const struct change *c, const char **why)
{
	const struct ddl_dialect *ops = dialects[d->to->dialect];

	*why = NULL;
	return ops->exchange ? ops->exchange(a, d, c, why) : NULL;
}

bool
transpile_notes(enum dialect d, const struct change *c)
{
	return c->online && dialects[d]->notes && dialects[d]->notes(c);
}

struct online
transpile_online_thing(const struct change *c)
{
	bool column = c->kind == CHANGE_ADD_COLUMN ||
		      c->kind == CHANGE_COLUMN_TYPE || c->exchange;
	bool fills = c->kind == CHANGE_SET_NOT_NULL &&
		     column_fills(c->old_column, c->new_column);

	const struct table *t =
	    c->exchange ? c->exchange->old_table : c->old_table;

	return (struct online){
		.name = c->online,
		.schema = t->schema,
		.table = t->name,
		.column = column,
		.part = c->kind == CHANGE_DROP_PARTITION,
		.fills = column || fills || c->kind == CHANGE_DROP_COLUMN,
		.constraint =
		    column || c->kind == CHANGE_SET_NOT_NULL ||
		    c->kind == CHANGE_DROP_COLUMN ||
		    (c->kind == CHANGE_ADD_CONSTRAINT &&
			(c->new_constraint->kind == CONSTRAINT_CHECK ||
			    c->new_constraint->kind == CONSTRAINT_FOREIGN_KEY))
	};
}

void
transpile_make_online(struct arena *a, enum dialect d, const struct change *c,
    struct online_steps *out)
{
	struct buf b = { 0 };

	dialects[d]->make_online(
	    a, &b, c->exchange ? c->exchange : c, c->online, out);
	buf_release(&b);
}

const char *
step_sql(struct arena *a, const struct names *statements)
{
	struct buf b = { 0 };
	const char *text;

	for (size_t i = 0; i < statements->n; i++)
		buf_fmt(&b, "%s;\n", statements->v[i]);
	text = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	return text;
}

const char *
step_online_sql(struct arena *a, const struct step *s)
{
	struct names all = { 0 };

	for (size_t i = 0; i < s->online.n; i++)
		vec_push(a, &all, s->online.v[i].sql);
	return all.n ? step_sql(a, &all) : NULL;
}

/* Making a schema is a diff from nothing: its order is one that loads. */
void
transpile_schema(struct buf *out, const struct schema *s)
{
	struct arena mem = { 0 };
	struct schema none = { .dialect = s->dialect };
	struct diff *d = diff_schemas(&mem, &none, s);

	dialects[s->dialect]->schema(out, &d->changes);
	arena_release(&mem);
}
