/* undo_fill - what the trash kept, put back in its place */
#include "sync/undo_taking.h"

#include <string.h>

#include "sync/dialect.h"
#include "sync/loss.h"
#include "sync/undo_target.h"

static const char *
what_of(struct arena *a, const struct trash_entry *e)
{
	if (!e->column)
		return arena_fmt(a, "table %s", e->table);
	return arena_fmt(a, "%s %s.%s",
	    e->kind == LOSS_COLUMN ? "column" : "values of", e->table,
	    e->column);
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

bool
taking_prepare(struct taking *k, struct err *err)
{
	for (size_t i = 0; i < k->entries.n; i++) {
		const struct trash_entry *e = &k->entries.v[i];
		struct trash_place p = place_of(k, e, true);

		if (e->kind == LOSS_TABLE && !e->moved &&
		    schema_table(k->now, e->schema, p.table))
			return taking_cannot(k, err,
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

bool
taking_fill(struct taking *k, struct err *err)
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

/* A number that was given once is not given again. */
bool
taking_go_on(struct taking *k, struct err *err)
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
