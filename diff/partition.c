/* partition - tables that become parts of others, and parts that become tables
 *
 * Their rows stay where they are. What a part looks like is predicted from the
 * whole, under the names that the server gives, so that what else differs is
 * compared as for any two tables; a name that was guessed wrong is found before
 * COMMIT.
 */
#include "diff/pass.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "sql/key.h"
#include "sql/quote.h"

static const struct partition *
part_of(const struct pass *p, const struct table *whole, const struct table *t)
{
	const struct partition *part =
	    partition_named(&whole->partitions, t->name);

	return part && !part->partition_by.text && !t->partition_by.text &&
		       schema_same_name(
			   p->dialect, partition_schema(whole, part), t->schema)
		   ? part
		   : NULL;
}

bool
pass_is_exchanged(const struct pass *p, const struct column *c)
{
	for (size_t i = 0; c->enum_type && i < p->diff->changes.n; i++) {
		const struct change *e = p->diff->changes.v[i];

		if (e->kind == CHANGE_ALTER_ENUM &&
		    !strcmp(e->new_enum->name, c->enum_type) &&
		    !enum_grows(e->old_enum, e->new_enum))
			return true;
	}
	return false;
}

static bool
divides(const struct pass *p, const struct table *t, const char *column)
{
	if (t->partition_by.text &&
	    sql_mentions(p->dialect, t->partition_by.text, column))
		return true;
	for (size_t i = 0; i < t->partitions.n; i++)
		if (t->partitions.v[i].partition_by.text &&
		    sql_mentions(p->dialect,
			t->partitions.v[i].partition_by.text, column))
			return true;
	return false;
}

static bool
is_by_hash(const struct partition *part)
{
	return part->bound.key && text_starts(part->bound.key, "with");
}

/* Does a part take other remainders? Parts overlap meanwhile, however their
 * bounds are changed one by one, and rows belong elsewhere. */
static bool
hashes_otherwise(const struct table *now, const struct table *new)
{
	for (size_t i = 0; i < now->partitions.n; i++) {
		const struct partition *part = &now->partitions.v[i];
		const struct partition *is =
		    partition_named(&new->partitions, part->name);

		if (is && is_by_hash(part) && is_by_hash(is) &&
		    !expr_equal(&part->bound, &is->bound))
			return true;
	}
	return false;
}

bool
pass_divides_otherwise(
    const struct pass *p, const struct table *now, const struct table *new)
{
	if (!expr_equal(&now->partition_by, &new->partition_by) ||
	    hashes_otherwise(now, new))
		return true;
	for (size_t i = 0; now->partition_by.text && i < now->columns.n; i++) {
		const struct column *c = now->columns.v[i];
		const struct column *is = table_column(p->to, new, c->name);

		if (is && divides(p, now, c->name) &&
		    (strcmp(c->type, is->type) != 0 ||
			!schema_same_name(
			    p->dialect, c->collation, is->collation) ||
			pass_is_exchanged(p, c)))
			return true;
	}
	return false;
}

/* Is the table a part of one that is there in both, in `in`, and not in
 * `other`? One that is divided in another way is made anew, with its parts. */
static bool
is_part(const struct pass *p, const struct schema *in,
    const struct schema *other, const struct table *t)
{
	for (size_t i = 0; i < in->tables.n; i++) {
		const struct table *whole = in->tables.v[i], *too;

		if (!whole->partitions.n || !part_of(p, whole, t))
			continue;
		too = schema_table(other, whole->schema, whole->name);
		return too && !part_of(p, too, t) &&
		       !pass_divides_otherwise(p, whole, too);
	}
	return false;
}

bool
pass_becomes_part(const struct pass *p, const struct table *now)
{
	return is_part(p, p->to, p->now, now);
}

bool
pass_was_part(const struct pass *p, const struct table *new)
{
	return is_part(p, p->now, p->to, new);
}

/* -- what a part looks like ----------------------------------------------- */

static const char *
called(struct pass *p, const struct table *t, const struct parts *parts,
    const struct names *include, const char *end)
{
	const char *name = t->name;

	for (size_t i = 0; i < parts->n; i++)
		name = arena_fmt(p->a, "%s_%s", name,
		    parts->v[i].column ? parts->v[i].column : "expr");
	for (size_t i = 0; i < include->n; i++)
		name = arena_fmt(p->a, "%s_%s", name, include->v[i]);
	return arena_fmt(p->a, "%s_%s", name, end);
}

static void
add_columns(struct pass *p, struct table *t, const struct table *whole)
{
	for (size_t i = 0; i < whole->columns.n; i++) {
		struct column *c = arena_new(p->a, struct column);

		*c = *whole->columns.v[i];
		c->comment = NULL;
		c->identity = IDENTITY_NONE;
		if (column_more(c)->identity_options)
			column_say(p->a, c)->identity_options = NULL;
		vec_push(p->a, &t->columns, c);
	}
}

static struct constraint *
inherited(struct pass *p, const struct table *t, const struct constraint *c)
{
	struct constraint *copy = arena_new(p->a, struct constraint);

	*copy = *c;
	copy->comment = NULL;
	if (c->kind == CONSTRAINT_PRIMARY_KEY)
		copy->name = arena_fmt(p->a, "%s_pkey", t->name);
	else if (c->kind == CONSTRAINT_UNIQUE)
		copy->name = called(
		    p, t, &c->parts, &constraint_more(c)->include, "key");
	return copy;
}

static struct table *
bare_part(struct pass *p, const struct table *whole, const struct table *like)
{
	struct table *t = arena_new(p->a, struct table);

	t->name = like->name;
	t->schema = like->schema;
	t->unlogged = like->unlogged;
	t->source = whole->source;
	add_columns(p, t, whole);
	return t;
}

/* The part as it stands once it is a table. */
static struct table *
detached(struct pass *p, const struct table *whole, const struct table *like)
{
	struct table *t = bare_part(p, whole, like);

	for (size_t i = 0; i < whole->constraints.n; i++)
		if (!whole->constraints.v[i]->no_inherit)
			vec_push(p->a, &t->constraints,
			    inherited(p, t, whole->constraints.v[i]));
	for (size_t i = 0; i < whole->indexes.n; i++) {
		struct index *x = arena_new(p->a, struct index);

		*x = *whole->indexes.v[i];
		x->comment = NULL;
		x->name = called(p, t, &x->parts, &x->include, "idx");
		vec_push(p->a, &t->indexes, x);
	}
	return t;
}

static bool
same_but_name(
    struct pass *p, const struct constraint *a, const struct constraint *b)
{
	struct constraint x = *a, y = *b;

	x.name = y.name = x.comment = y.comment = NULL;
	return constraint_equal(p->dialect, &x, &y);
}

static bool
is_plain(const struct index *x)
{
	for (size_t i = 0; i < x->parts.n; i++) {
		const struct part *part = &x->parts.v[i];

		if (!part->column || part->desc || part->nulls ||
		    part->collation || part->opclass)
			return false;
	}
	return !x->invalid && !x->nulls_not_distinct && !x->where.text &&
	       !x->include.n && !x->with && !x->comment;
}

/* As the key of a definition says it: a name and its schema are one word. */
static const char *
joined(char *key)
{
	char *to = key;

	for (const char *at = key; *at; at++)
		if (!strncmp(at, " . ", 3)) {
			*to++ = '.';
			at += 2;
		} else {
			*to++ = *at;
		}
	*to = '\0';
	return key;
}

/* Does the object say the very index, word for word? */
static bool
says_index(struct pass *p, const struct object *o, const struct table *t,
    const struct index *x)
{
	struct buf b = { 0 };
	bool same;

	if (!is_plain(x))
		return false;
	buf_fmt(&b, "CREATE %sINDEX ", x->unique ? "UNIQUE " : "");
	sql_ident(&b, p->dialect, x->name);
	buf_puts(&b, " ON ");
	sql_qualified(&b, p->dialect, t->schema, t->name);
	buf_fmt(&b, " USING %s (", x->method ? x->method : "btree");
	for (size_t i = 0; i < x->parts.n; i++) {
		buf_puts(&b, i ? ", " : "");
		sql_ident(&b, p->dialect, x->parts.v[i].column);
	}
	buf_puts(&b, ")");
	same = !strcmp(
	    joined(arena_strdup(p->a, sql_key(p->a, p->dialect, buf_str(&b)))),
	    o->sql.key);
	buf_release(&b);
	return same;
}

/* Returns what is to be an index of the part, under that name, or NULL. */
static const struct object *
index_said(struct pass *p, const struct table *t, const struct index *x)
{
	for (size_t i = 0; i < p->to->objects.n; i++) {
		const struct object *o = p->to->objects.v[i];

		if (o->kind == OBJECT_INDEX &&
		    schema_same_name(p->dialect, o->name, x->name) &&
		    schema_same_name(p->dialect, o->table, t->name) &&
		    schema_same_name(p->dialect, o->schema, t->schema))
			return o;
	}
	return NULL;
}

bool
pass_is_attached(struct pass *p, const struct object *o)
{
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		const struct change *c = p->diff->changes.v[i];
		const struct table *t =
		    c->kind == CHANGE_ADD_PARTITION ? c->part : NULL;

		for (size_t k = 0; t && k < t->indexes.n; k++)
			if (index_said(p, t, t->indexes.v[k]) == o &&
			    says_index(p, o, t, t->indexes.v[k]))
				return true;
	}
	return false;
}

/* Of a key, a foreign key or an index that it has the whole makes use; what it
 * has not comes with the whole. Checks must be there before. An index that the
 * part is to have under its own name stays, or makes room for it. */
static struct table *
attachable(struct pass *p, const struct table *whole, const struct table *now)
{
	struct table *t = bare_part(p, whole, now);

	for (size_t i = 0; i < whole->constraints.n; i++) {
		const struct constraint *c = whole->constraints.v[i];

		if (c->kind == CONSTRAINT_CHECK && !c->no_inherit)
			vec_push(p->a, &t->constraints, inherited(p, t, c));
		for (size_t k = 0; k < now->constraints.n; k++)
			if (c->kind != CONSTRAINT_CHECK &&
			    same_but_name(p, now->constraints.v[k], c))
				vec_push(p->a, &t->constraints,
				    now->constraints.v[k]);
	}
	for (size_t k = 0; k < now->indexes.n; k++) {
		const struct index *has = now->indexes.v[k];
		const struct object *said = index_said(p, now, has);
		struct index *is = arena_new(p->a, struct index);
		bool stays = said && says_index(p, said, now, has);

		*is = *has;
		if (!said)
			is->name =
			    called(p, t, &is->parts, &is->include, "idx");

		for (size_t i = 0; !said && i < whole->indexes.n; i++) {
			struct index x = *whole->indexes.v[i];

			x.name = has->name;
			x.comment = has->comment;
			stays = stays || index_equal(p->dialect, &x, has);
		}
		if (stays)
			vec_push(p->a, &t->indexes, is);
	}
	return t;
}

/* -- the changes ---------------------------------------------------------- */

bool
pass_detach(struct pass *p, struct change *c, const struct table *whole,
    const struct partition *part)
{
	const struct table *new =
	    schema_table(p->to, partition_schema(whole, part), part->name);

	if (!new || schema_table(p->now, new->schema, new->name) ||
	    !part_of(p, whole, new))
		return false;
	c->part = detached(p, whole, new);
	pass_table(p, c->part, c->part, new);
	return true;
}

bool
pass_attach(struct pass *p, struct change *c, const struct table *whole,
    const struct partition *part)
{
	const struct table *now =
	    schema_table(p->now, partition_schema(whole, part), part->name);
	const struct table *old = NULL;

	if (!now || schema_table(p->to, now->schema, now->name) ||
	    !part_of(p, whole, now))
		return false;
	for (size_t i = 0; i < p->now->tables.n; i++)
		if (p->now->tables.v[i] == now)
			old = p->from->tables.v[i];
	c->part = now;
	pass_table(p, old, now, attachable(p, whole, now));
	return true;
}
