/* domain - types that no ALTER changes: they go and come again
 *
 * Of a domain none changes what it is of, nor what it asks as long as a column
 * is a list of it; of a composite type none changes an attribute as long as a
 * column has it. The columns are of the new type of the domain itself
 * meanwhile. That they can be, without a value that becomes another, is asked
 * as for any change of type. What a composite type consists of, and what is of
 * an enum type that another takes the place of, waits as text; so do columns of
 * a type whose name one of another kind gets.
 */
#include "diff/pass.h"

#include <string.h>

#include "sql/define.h"

#include "sql/key.h"
#include "sql/lex.h"
#include "sql/quote.h"

/* Returns what the definition says after AS, up to what ALTER can change; with
 * its collation, or without. */
static const char *
base_of(struct arena *a, enum dialect d, const struct object *o, bool collated)
{
	static const char *const ends[] = { "default", "not", "null",
		"constraint", "check" };
	const char *from = NULL, *to = NULL;
	struct lexer l;
	struct token t;
	bool over = false;

	lex_init(&l, d, o->sql.text, strlen(o->sql.text));
	while (!over && lex_next(&l, &t)) {
		if (!from) {
			from = token_is(&t, "as") ? t.at + t.len : NULL;
			to = from;
			continue;
		}
		over = !collated && token_is(&t, "collate");
		for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
			over |= token_is(&t, ends[i]);
		to = over ? to : t.at + t.len;
	}
	lex_release(&l);
	while (from && from < to && *from == ' ')
		from++;
	return from ? arena_strndup(a, from, (size_t)(to - from)) : "";
}

/* Is some column a list of it? */
static bool
has_lists(const struct pass *p, const struct object *domain)
{
	struct buf name = { 0 };
	bool found = false;

	sql_qualified(&name, p->dialect, domain->schema, domain->name);
	buf_puts(&name, "[]");
	for (size_t i = 0; !found && i < p->now->tables.n; i++) {
		const struct table *t = p->now->tables.v[i];

		for (size_t k = 0; !found && k < t->columns.n; k++)
			found = !strcmp(t->columns.v[k]->type, buf_str(&name));
	}
	buf_release(&name);
	return found;
}

/* -- composite types ------------------------------------------------------ */

struct attributes {
	struct names names, types;
};

/* Reads AS (name type, …). */
static struct attributes
read_attributes(const struct pass *p, struct arena *a, const struct object *o)
{
	struct attributes all = { { 0 }, { 0 } };
	const char *from = NULL;
	int depth = 0;
	struct lexer l;
	struct token t;

	lex_init(&l, p->dialect, o->sql.text, strlen(o->sql.text));
	while (lex_next(&l, &t)) {
		bool ends =
		    depth == 1 && (token_is(&t, ",") || token_is(&t, ")"));

		if (ends && from)
			vec_push(a, &all.types,
			    sql_key(a, p->dialect,
				arena_strndup(a, from, (size_t)(t.at - from))));
		if (ends)
			from = NULL;
		else if (depth == 1 && !from) {
			vec_push(a, &all.names,
			    sql_unquote(a, p->dialect, t.at, t.len));
			from = t.at + t.len;
		}
		depth += token_is(&t, "(") - token_is(&t, ")");
	}
	lex_release(&l);
	return all;
}

/* Is an attribute that stays of another type, or in another place? */
static bool
attributes_differ(
    const struct pass *p, const struct object *now, const struct object *new)
{
	struct arena mem = { 0 };
	struct attributes was = read_attributes(p, &mem, now),
			  is = read_attributes(p, &mem, new);
	bool differ = false;
	size_t at = 0;

	for (size_t i = 0; !differ && i < was.types.n; i++) {
		size_t k = 0;

		while (k < is.types.n &&
		       strcmp(was.names.v[i], is.names.v[k]) != 0)
			k++;
		if (k == is.types.n)
			continue;
		differ = k < at || strcmp(was.types.v[i], is.types.v[k]) != 0;
		at = k;
	}
	arena_release(&mem);
	return differ;
}

static bool
is_composite(const struct object *o)
{
	return o->kind == OBJECT_TYPE && strstr(o->sql.key, " as (");
}

static bool
is_type(const struct object *o)
{
	return o->kind == OBJECT_DOMAIN || is_composite(o);
}

/* -- which of them move --------------------------------------------------- */

static bool
says(struct pass *p, const struct object *o, const char *name)
{
	return o->name != name && object_mentions(p->dialect, o, name);
}

/* Is a column of it, or of a type that is made of it? */
static bool
is_used(struct pass *p, const struct object *o)
{
	struct buf name = { 0 };
	bool found = false;
	size_t n;

	sql_qualified(&name, p->dialect, o->schema, o->name);
	n = name.len;
	for (size_t i = 0; !found && i < p->now->tables.n; i++) {
		const struct columns *all = &p->now->tables.v[i]->columns;

		for (size_t k = 0; !found && k < all->n; k++)
			found = !strncmp(all->v[k]->type, buf_str(&name), n) &&
				(!all->v[k]->type[n] ||
				    !strcmp(all->v[k]->type + n, "[]"));
	}
	buf_release(&name);
	for (size_t i = 0; !found && i < p->now->objects.n; i++)
		found = is_type(p->now->objects.v[i]) &&
			says(p, p->now->objects.v[i], o->name) &&
			is_used(p, p->now->objects.v[i]);
	return found;
}

static bool
domain_differs(
    const struct pass *p, const struct object *now, const struct object *new)
{
	struct arena mem = { 0 };
	bool moves;

	if (now->kind != OBJECT_DOMAIN || expr_equal(&now->sql, &new->sql))
		return false;
	moves = strcmp(base_of(&mem, p->dialect, now, true),
		    base_of(&mem, p->dialect, new, true)) != 0 ||
		has_lists(p, now);
	arena_release(&mem);
	return moves;
}

/* Is it made of a type that goes, if only to come again? */
static bool
is_made_of_moving(struct pass *p, const struct object *o)
{
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		const struct change *c = p->diff->changes.v[i];

		if (c->kind == CHANGE_ALTER_ENUM &&
		    !enum_grows(c->old_enum, c->new_enum) &&
		    says(p, o, c->new_enum->name))
			return true;
	}
	for (size_t i = 0; i < p->moving.n; i++)
		if (p->moving.v[i] != o && says(p, o, p->moving.v[i]->name))
			return true;
	return false;
}

static bool
must_move(struct pass *p, const struct object *now, const struct object *new)
{
	return domain_differs(p, now, new) || is_made_of_moving(p, now) ||
	       (is_composite(now) && is_composite(new) &&
		   !expr_equal(&now->sql, &new->sql) &&
		   attributes_differ(p, now, new) && is_used(p, now));
}

bool
type_moves(const struct pass *p, const struct object *now)
{
	for (size_t i = 0; i < p->moving.n; i++)
		if (p->moving.v[i] == now)
			return true;
	return false;
}

/* Are values of the type read anew, from their text, as other types? */
static bool
rewrites(struct pass *p, const struct object *now)
{
	const struct object *new = schema_object_like(p->to, now);

	if (!new || !is_composite(now) || !type_moves(p, now))
		return false;
	if (attributes_differ(p, now, new) && is_used(p, now))
		return true;
	for (size_t i = 0; i < p->moving.n; i++)
		if (p->moving.v[i] != now &&
		    says(p, now, p->moving.v[i]->name) &&
		    rewrites(p, p->moving.v[i]))
			return true;
	return false;
}

bool
type_rewrites(struct pass *p, const struct object *old)
{
	const struct object *now = schema_object_like(p->now, old);

	return now && rewrites(p, now);
}

static bool
is_of(const struct pass *p, const struct column *c, const struct object *type)
{
	struct buf name = { 0 };
	size_t n;
	bool is;

	sql_qualified(&name, p->dialect, type->schema, type->name);
	n = name.len;
	is = !strncmp(c->type, buf_str(&name), n) &&
	     (!c->type[n] || !strcmp(c->type + n, "[]"));
	buf_release(&name);
	return is;
}

bool
column_rewrites(struct pass *p, const struct column *now)
{
	for (size_t i = 0; i < p->moving.n; i++)
		if (is_of(p, now, p->moving.v[i]))
			return rewrites(p, p->moving.v[i]);
	return false;
}

static void
find_moving(struct pass *p)
{
	size_t before;

	do {
		before = p->moving.n;
		for (size_t i = 0; i < p->now->objects.n; i++) {
			struct object *now = p->now->objects.v[i];
			const struct object *new =
			    is_type(now) ? schema_object_like(p->to, now)
					 : NULL;

			if (new && !type_moves(p, now) &&
			    must_move(p, now, new))
				vec_push(p->a, &p->moving, now);
		}
	} while (p->moving.n > before);
}

/* -- their columns -------------------------------------------------------- */

static struct change *
note(struct pass *p, enum change_kind kind, size_t table,
    const struct table *new)
{
	struct change *c = pass_add(p, kind);

	c->old_table = p->from->tables.v[table];
	c->now_table = p->now->tables.v[table];
	c->new_table = new;
	c->source = new->source;
	return c;
}

static void
note_column(struct pass *p, enum change_kind kind, size_t table,
    const struct table *new, size_t column, const struct column *from,
    const struct column *to)
{
	struct change *c = note(p, kind, table, new);

	c->old_column = c->old_table->columns.v[column];
	c->now_column = from;
	c->new_column = to;
	if (to->source.file)
		c->source = to->source;
}

/* The default of the column in between is none. */
static void
wait_default(struct pass *p, size_t table, const struct table *new,
    size_t column, const struct column *between, const struct column *to)
{
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		struct change *c = p->diff->changes.v[i];

		if (c->kind == CHANGE_COLUMN_DEFAULT && c->new_column == to) {
			c->now_column = between;
			return;
		}
	}
	if (to->default_value.text)
		note_column(
		    p, CHANGE_COLUMN_DEFAULT, table, new, column, between, to);
}

/* What says an attribute of the column, or compares it, is made again. */
static void
free_column(
    struct pass *p, size_t table, const struct table *new, const char *column)
{
	const struct table *now = p->now->tables.v[table];

	for (size_t i = 0; i < now->indexes.n; i++) {
		struct index *x = now->indexes.v[i];
		struct index *is = table_index(p->to, new, x->name);
		struct change *drop, *create;

		if (!is || !index_mentions(p->dialect, x, column) ||
		    !index_equal(p->dialect, x, is))
			continue;
		drop = note(p, CHANGE_DROP_INDEX, table, new);
		create = note(p, CHANGE_CREATE_INDEX, table, new);
		drop->old_index = drop->old_table->indexes.v[i];
		drop->now_index = x;
		create->new_index = is;
		pass_mates(drop, create);
	}
	for (size_t i = 0; i < now->constraints.n; i++) {
		const struct constraint *k = now->constraints.v[i];
		const struct constraint *is =
		    table_constraint(p->dialect, new, k->name);
		struct change *drop, *add;

		if (!is || k->kind != CONSTRAINT_CHECK ||
		    !constraint_mentions(p->dialect, k, column) ||
		    !constraint_equal(p->dialect, k, is))
			continue;
		drop = note(p, CHANGE_DROP_CONSTRAINT, table, new);
		add = note(p, CHANGE_ADD_CONSTRAINT, table, new);
		drop->old_constraint = drop->old_table->constraints.v[i];
		drop->now_constraint = k;
		add->new_constraint = is;
		pass_mates(drop, add);
	}
}

/* The columns that are of the domain before and after. */
static void
step_aside(struct pass *p, size_t table, const char *domain, const char *base,
    bool waits)
{
	const struct table *now = p->now->tables.v[table];
	const struct table *new = schema_table(p->to, now->schema, now->name);

	for (size_t i = 0; new &&i < now->columns.n; i++) {
		const struct column *c = now->columns.v[i];
		const struct column *to = table_column(p->to, new, c->name);
		size_t n = strlen(domain);
		struct column *between;

		if (!to || strncmp(c->type, domain, n) != 0 ||
		    (c->type[n] && strcmp(c->type + n, "[]") != 0) ||
		    strcmp(c->type, to->type) != 0)
			continue;
		between = arena_new(p->a, struct column);
		*between = *to;
		between->type = arena_fmt(p->a, "%s%s", base, c->type + n);
		if (waits)
			free_column(p, table, new, c->name);
		if (waits) { /* it would say the type */
			between->default_value = (struct expr){ 0 };
			between->enum_type = NULL;
		}
		note_column(p, CHANGE_COLUMN_TYPE, table, new, i, c, between);
		note_column(p, CHANGE_COLUMN_TYPE, table, new, i, between, to);
		if (waits)
			wait_default(p, table, new, i, between, to);
	}
}

/* -- those of a name that a type of another kind takes -------------------- */

static bool
is_any_type(const struct object *o)
{
	return o->kind == OBJECT_DOMAIN || o->kind == OBJECT_TYPE;
}

/* Has the schema a type of the name that is an object of another kind? */
static bool
has_other(const struct schema *s, const char *schema, const char *name,
    const struct object *but)
{
	for (size_t i = 0; i < s->objects.n; i++) {
		const struct object *o = s->objects.v[i];

		if (is_any_type(o) && (!but || o->kind != but->kind) &&
		    schema_same_name(s->dialect, o->schema, schema) &&
		    schema_same_name(s->dialect, o->name, name))
			return true;
	}
	return false;
}

bool
enum_is_succeeded(const struct pass *p, const struct enum_type *e)
{
	return !schema_enum(p->to, e->schema, e->name) &&
	       has_other(p->to, e->schema, e->name, NULL);
}

static bool
object_is_succeeded(const struct pass *p, const struct object *o)
{
	return is_any_type(o) && !schema_object_like(p->to, o) &&
	       (schema_enum(p->to, o->schema, o->name) ||
		   has_other(p->to, o->schema, o->name, o));
}

static void
wait_as_text(struct pass *p, const char *schema, const char *name)
{
	struct buf b = { 0 };

	sql_qualified(&b, p->dialect, schema, name);
	for (size_t i = 0; i < p->now->tables.n; i++)
		step_aside(p, i, buf_str(&b), "text", true);
	buf_release(&b);
}

static void
step_aside_for_others(struct pass *p)
{
	for (size_t i = 0; i < p->now->enums.n; i++) {
		const struct enum_type *e = p->now->enums.v[i];

		if (enum_is_succeeded(p, e))
			wait_as_text(p, e->schema, e->name);
	}
	for (size_t i = 0; i < p->now->objects.n; i++) {
		const struct object *o = p->now->objects.v[i];

		if (object_is_succeeded(p, o))
			wait_as_text(p, o->schema, o->name);
	}
}

void
pass_domains(struct pass *p)
{
	find_moving(p);
	step_aside_for_others(p);
	for (size_t i = 0; i < p->moving.n; i++) {
		const struct object *now = p->moving.v[i];
		const struct object *new = schema_object_like(p->to, now);
		bool waits = is_composite(now) || is_made_of_moving(p, now);
		const char *base =
		    waits ? "text" : base_of(p->a, p->dialect, new, false);
		struct buf name = { 0 };

		sql_qualified(&name, p->dialect, now->schema, now->name);
		for (size_t k = 0; k < p->now->tables.n; k++)
			step_aside(p, k, buf_str(&name), base, waits);
		buf_release(&name);
	}
}
