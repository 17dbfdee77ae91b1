/* diff - what must happen to a database so that it becomes another
 *
 * The renames are made first, in a copy; after that both sides speak of the
 * same names, and comparing them needs to know nothing of renames.
 */
#include "diff/pass.h"

const struct diff_dialect *
diff_dialect(enum dialect d)
{
	static const struct diff_dialect *const dialects[DIALECT_COUNT] = {
		[DIALECT_SQLITE] = &sqlite_diff,
		[DIALECT_POSTGRES] = &postgres_diff,
	};

	return dialects[d];
}

struct change *
pass_add(struct pass *p, enum change_kind kind)
{
	struct change *c = arena_new(p->a, struct change);

	c->kind = kind;
	vec_push(p->a, &p->diff->changes, c);
	return c;
}

struct change *
pass_add_of(struct pass *p, enum change_kind kind, size_t table,
    const struct table *new)
{
	struct change *c = pass_add(p, kind);

	c->old_table = p->from->tables.v[table];
	c->now_table = p->now->tables.v[table];
	c->new_table = new;
	c->source = new->source;
	return c;
}

void
pass_mates(struct change *drop, struct change *create)
{
	drop->mate = create;
	create->mate = drop;
}

static void
note_index(struct pass *p, const struct table *t, const struct index *i)
{
	struct change *c = pass_add(p, CHANGE_CREATE_INDEX);

	c->new_table = t;
	c->new_index = i;
	c->source = i->source.file ? i->source : t->source;
}

/* Does it reference what only an index makes unique, which comes after its
 * table? Of two such tables neither can say so when it is made. */
static bool
comes_later(
    const struct pass *p, const struct table *t, const struct constraint *k)
{
	const struct table *target =
	    k->kind == CONSTRAINT_FOREIGN_KEY && k->target
		? schema_table(p->to, k->target_schema, k->target)
		: NULL;
	const struct table *now =
	    target && target != t
		? schema_table(p->now, target->schema, target->name)
		: NULL;

	if (!target || p->ops->loose_references ||
	    (now && !pass_divides_otherwise(p, now, target)))
		return false;
	for (size_t i = 0; i < target->constraints.n; i++) {
		const struct constraint *key = target->constraints.v[i];

		if ((key->kind == CONSTRAINT_PRIMARY_KEY ||
			key->kind == CONSTRAINT_UNIQUE) &&
		    is_key_of(p->dialect, &key->parts, &k->target_columns))
			return false;
	}
	return true;
}

static void
note_later(struct pass *p, const struct table *t, const struct constraint *k)
{
	struct change *c = pass_add(p, CHANGE_ADD_CONSTRAINT);

	c->new_table = t;
	c->new_constraint = k;
	c->source = k->source.file ? k->source : t->source;
}

static struct change *
create_table(struct pass *p, const struct table *t)
{
	struct change *c = pass_add(p, CHANGE_CREATE_TABLE);
	struct table *first = arena_new(p->a, struct table);

	*first = *t;
	first->constraints = (struct constraints){ 0 };
	for (size_t i = 0; i < t->constraints.n; i++)
		if (comes_later(p, t, t->constraints.v[i]))
			note_later(p, t, t->constraints.v[i]);
		else
			vec_push(
			    p->a, &first->constraints, t->constraints.v[i]);
	c->new_table = first->constraints.n == t->constraints.n ? t : first;
	c->source = t->source;
	for (size_t i = 0; i < t->indexes.n; i++)
		note_index(p, t, t->indexes.v[i]);
	return c;
}

static struct change *
drop_table(struct pass *p, size_t at)
{
	struct change *c = pass_add(p, CHANGE_DROP_TABLE);

	c->old_table = p->from->tables.v[at];
	c->now_table = p->now->tables.v[at];
	c->source = c->old_table->source;
	return c;
}

/* No statement changes how a table is divided: another one takes its place and
 * its rows. */
static void
make_anew(struct pass *p, size_t at, const struct table *new)
{
	struct change *drop = drop_table(p, at), *create = create_table(p, new);

	drop->source = create->source;
	pass_mates(drop, create);
}

static void
compare_tables(struct pass *p)
{
	for (size_t i = 0; i < p->to->tables.n; i++) {
		const struct table *t = p->to->tables.v[i];

		if (!schema_table(p->now, t->schema, t->name) &&
		    !pass_was_part(p, t))
			create_table(p, t);
	}
	for (size_t i = 0; i < p->now->tables.n; i++) {
		const struct table *old = p->from->tables.v[i];
		const struct table *now = p->now->tables.v[i];
		const struct table *new =
		    schema_table(p->to, now->schema, now->name);

		if (new &&pass_divides_otherwise(p, now, new))
			make_anew(p, i, new);
		else if (new &&new != now)
			pass_table(p, old, now, new);
		else if (!new && !pass_becomes_part(p, now))
			drop_table(p, i);
	}
}

static bool
labels_equal(const struct enum_type *a, const struct enum_type *b)
{
	if (a->labels.n != b->labels.n)
		return false;
	for (size_t i = 0; i < a->labels.n; i++)
		if (strcmp(a->labels.v[i], b->labels.v[i]))
			return false;
	return true;
}

static void
compare_enums(struct pass *p)
{
	struct change *c;

	for (size_t i = 0; i < p->to->enums.n; i++) {
		const struct enum_type *e = p->to->enums.v[i];

		if (schema_enum(p->now, e->schema, e->name))
			continue;
		c = pass_add(p, CHANGE_CREATE_ENUM);
		c->new_enum = e;
		c->source = e->source;
	}
	for (size_t i = 0; i < p->now->enums.n; i++) {
		const struct enum_type *now = p->now->enums.v[i];
		const struct enum_type *e =
		    schema_enum(p->to, now->schema, now->name);

		if (e && labels_equal(now, e))
			continue;
		c = pass_add(p, e ? CHANGE_ALTER_ENUM : CHANGE_DROP_ENUM);
		c->old_enum = p->from->enums.v[i];
		c->new_enum = e;
		c->source = e ? e->source : c->old_enum->source;
	}
}

struct diff *
diff_schemas(
    struct arena *a, const struct schema *from, const struct schema *to)
{
	struct diff *d = arena_new(a, struct diff);
	struct pass p = { .a = a,
		.dialect = to->dialect,
		.ops = diff_dialect(to->dialect),
		.diff = d,
		.now = schema_share(a, from),
		.from = from,
		.to = to };

	d->from = from;
	d->to = to;
	pass_rename(&p);
	schema_reindex(a, p.now);
	compare_enums(&p);
	compare_tables(&p);
	pass_domains(&p);
	pass_apart(&p);
	if (p.ops->keys_pin_types)
		pass_references(&p);
	pass_objects(&p);
	pass_inherit(&p);
	for (size_t i = 0; i < d->changes.n; i++)
		pass_judge(&p, d->changes.v[i]);
	pass_needs(&p);
	pass_order(&p);
	pass_guess(&p);
	return d;
}

static bool
goes_too(const bool *gone, const struct change *c)
{
	if ((c->mate && gone[c->mate->place]) ||
	    (c->aside && gone[c->aside->place]))
		return true;
	for (size_t i = 0; i < c->needs.n; i++)
		if (gone[c->needs.v[i]->place])
			return true;
	return false;
}

struct schema *
diff_without(
    struct arena *a, const struct diff *d, const struct changes *declined)
{
	struct schema *s = schema_copy(a, d->from);
	bool *gone = arena_array(a, bool, d->changes.n), more = true;

	for (size_t i = 0; i < declined->n; i++)
		gone[declined->v[i]->place] = true;
	while (more) {
		more = false;
		for (size_t i = 0; i < d->changes.n; i++) {
			const struct change *by = d->changes.v[i]->by;

			/* one statement makes both */
			if (gone[i] && by && !gone[by->place])
				gone[by->place] = more = true;
			if (gone[i] || !goes_too(gone, d->changes.v[i]))
				continue;
			gone[i] = more = true;
		}
	}
	for (size_t i = 0; i < d->changes.n; i++)
		if (!gone[i])
			diff_make(a, s, d->changes.v[i]);
	schema_reindex(a, s);
	return s;
}
