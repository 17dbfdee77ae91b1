/* rename - what was called otherwise
 *
 * A former name acts only where the old name is there and the new one is not,
 * so that a wish stays right on a database that is a step behind, and silent on
 * one that is not. One rename can make room for another (b to c, then a to b),
 * so matching goes on until nothing moves; each thing moves once.
 */
#include "diff/pass.h"

#include <string.h>

struct wish {
	const char *name;
	const struct names *was;
};

struct renamed {
	size_t old, wish;
};
VEC(renames, struct renamed);

struct matching {
	struct arena *a;
	enum dialect dialect;
	const char **now; /* what the old things are called by now */
	bool *moved;
	size_t n;
	struct renames out;
};

static size_t
find(const struct matching *m, const char *name)
{
	size_t i = 0;

	while (i < m->n && !schema_same_name(m->dialect, m->now[i], name))
		i++;
	return i;
}

static bool
try_wish(struct matching *m, const struct wish *w, size_t index)
{
	if (find(m, w->name) < m->n)
		return false;
	for (size_t k = w->was->n; k-- > 0;) {
		size_t i = find(m, w->was->v[k]);

		if (i == m->n || m->moved[i])
			continue;
		m->moved[i] = true;
		m->now[i] = w->name;
		vec_push(m->a, &m->out, (struct renamed){ i, index });
		return true;
	}
	return false;
}

static void
match(struct matching *m, const struct wish *wishes, size_t n)
{
	bool more = true;

	m->moved = arena_array(m->a, bool, m->n);
	while (more) {
		more = false;
		for (size_t i = 0; i < n; i++)
			if (wishes[i].was->n && try_wish(m, &wishes[i], i))
				more = true;
	}
}

static struct names
qualified(struct arena *a, const char *schema, const struct names *names)
{
	struct names out = { 0 };

	for (size_t i = 0; i < names->n; i++)
		vec_push(a, &out,
		    schema ? arena_fmt(a, "%s.%s", schema, names->v[i])
			   : names->v[i]);
	return out;
}

/* Until a rename touches it, a table is the very one of `from`. */
static void
own(struct pass *p, size_t i)
{
	if (p->now->tables.v[i] == p->from->tables.v[i])
		p->now->tables.v[i] = table_copy(p->a, p->from->tables.v[i]);
}

/* Owns the table, those that reference it and those that inherit from it. */
static void
own_table(struct pass *p, size_t at)
{
	const struct table *target = p->now->tables.v[at];

	for (size_t i = 0; i < p->now->tables.n; i++) {
		const struct constraints *all =
		    &p->now->tables.v[i]->constraints;
		bool touched = i == at;

		for (size_t k = 0; !touched && k < all->n; k++)
			touched = all->v[k]->target &&
				  schema_same_name(p->dialect,
				      all->v[k]->target, target->name);
		touched |= parent_named(&p->now->tables.v[i]->parents,
			       target->schema, target->name) != NULL;
		if (touched)
			own(p, i);
	}
}

/* Owns the tables with columns of that type. */
static void
own_enum(struct pass *p, const char *name)
{
	for (size_t i = 0; i < p->now->tables.n; i++) {
		const struct columns *all = &p->now->tables.v[i]->columns;
		bool touched = false;

		for (size_t k = 0; !touched && k < all->n; k++)
			touched = all->v[k]->enum_type &&
				  !strcmp(all->v[k]->enum_type, name);
		if (touched)
			own(p, i);
	}
}

static void
rename_tables(struct pass *p)
{
	size_t n = p->from->tables.n, m = p->to->tables.n;
	struct wish *wishes = arena_array(p->a, struct wish, m);
	struct names *was = arena_array(p->a, struct names, m);
	struct matching found = { p->a, p->dialect,
		arena_array(p->a, const char *, n), NULL, n, { 0 } };

	for (size_t i = 0; i < n; i++)
		found.now[i] = name_table(p->a, p->from->tables.v[i]);
	for (size_t i = 0; i < m; i++) {
		const struct table *t = p->to->tables.v[i];

		was[i] = qualified(p->a, t->schema, &t->was);
		wishes[i] = (struct wish){ name_table(p->a, t), &was[i] };
	}
	match(&found, wishes, m);
	for (size_t i = 0; i < found.out.n; i++) {
		const struct renamed *r = &found.out.v[i];
		struct change *c = pass_add(p, CHANGE_RENAME_TABLE);

		own_table(p, r->old);
		c->old_table = p->from->tables.v[r->old];
		c->now_table = p->now->tables.v[r->old];
		c->new_table = p->to->tables.v[r->wish];
		c->source = c->new_table->source;
		diff_make(p->a, p->now, c);
	}
}

static void
rename_columns(struct pass *p, size_t at, const struct table *new)
{
	const struct table *old = p->from->tables.v[at];
	size_t n = old->columns.n, m = new->columns.n;
	struct wish *wishes = arena_array(p->a, struct wish, m);
	struct matching found = { p->a, p->dialect,
		arena_array(p->a, const char *, n), NULL, n, { 0 } };

	for (size_t i = 0; i < n; i++)
		found.now[i] = old->columns.v[i]->name;
	for (size_t i = 0; i < m; i++)
		wishes[i] = (struct wish){ new->columns.v[i]->name,
			&column_more(new->columns.v[i])->was };
	match(&found, wishes, m);
	for (size_t i = 0; i < found.out.n; i++) {
		const struct renamed *r = &found.out.v[i];
		struct change *c = pass_add(p, CHANGE_RENAME_COLUMN);

		own_table(p, at);
		c->old_table = old;
		c->now_table = p->now->tables.v[at];
		c->new_table = new;
		c->old_column = old->columns.v[r->old];
		c->now_column = c->now_table->columns.v[r->old];
		c->new_column = new->columns.v[r->wish];
		c->source = c->new_column->source;
		diff_make(p->a, p->now, c);
	}
}

static void
note_enum(struct pass *p, size_t at, const struct enum_type *new)
{
	struct change *c = pass_add(p, CHANGE_RENAME_ENUM);

	c->old_enum = p->from->enums.v[at];
	c->new_enum = new;
	c->source = new->source;
	own_enum(p, p->now->enums.v[at]->name);
	diff_make(p->a, p->now, c);
}

static void
rename_enums(struct pass *p)
{
	size_t n = p->from->enums.n, m = p->to->enums.n;
	struct wish *wishes = arena_array(p->a, struct wish, m);
	struct matching found = { p->a, p->dialect,
		arena_array(p->a, const char *, n), NULL, n, { 0 } };

	for (size_t i = 0; i < n; i++)
		found.now[i] = p->from->enums.v[i]->name;
	for (size_t i = 0; i < m; i++)
		wishes[i] = (struct wish){ p->to->enums.v[i]->name,
			&p->to->enums.v[i]->was };
	match(&found, wishes, m);
	for (size_t i = 0; i < found.out.n; i++)
		note_enum(
		    p, found.out.v[i].old, p->to->enums.v[found.out.v[i].wish]);
}

/* The type of an enum column is named after its table and column, so it moves
 * with them. */
static void
follow_column(
    struct pass *p, const struct column *now, const struct column *new)
{
	const struct enum_type *wanted;

	if (!now->enum_type || !new->enum_type ||
	    !strcmp(now->enum_type, new->enum_type) ||
	    schema_enum(p->to, NULL, now->enum_type) ||
	    schema_enum(p->now, NULL, new->enum_type))
		return;
	wanted = schema_enum(p->to, NULL, new->enum_type);
	for (size_t i = 0; wanted && i < p->now->enums.n; i++) {
		if (strcmp(p->now->enums.v[i]->name, now->enum_type))
			continue;
		note_enum(p, i, wanted);
		return;
	}
}

void
pass_rename(struct pass *p)
{
	rename_tables(p);
	for (size_t i = 0; i < p->now->tables.n; i++) {
		const struct table *t = p->now->tables.v[i];
		const struct table *new =
		    schema_table(p->to, t->schema, t->name);

		if (new)
			rename_columns(p, i, new);
	}
	rename_enums(p);
	for (size_t i = 0; i < p->now->tables.n && p->now->enums.n; i++) {
		const struct table *t = p->now->tables.v[i];
		const struct table *new =
		    schema_table(p->to, t->schema, t->name);

		for (size_t k = 0; new &&k < t->columns.n; k++) {
			const struct column *c =
			    table_column(p->to, new, t->columns.v[k]->name);

			if (c)
				follow_column(p, t->columns.v[k], c);
		}
	}
}
