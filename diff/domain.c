/* domain - types that no ALTER changes: they go and come again
 *
 * Of a domain none changes what it is of, nor what it asks as long as a column
 * is a list of it; of a composite type none changes an attribute as long as a
 * column has it. The columns are of the new type of the domain itself
 * meanwhile. That they can be, without a value that becomes another, is asked
 * as for any change of type. What a composite type consists of, or a range type
 * counts, and what is of an enum type that another takes the place of, waits as
 * text; so do columns of a type whose name one of another kind gets.
 */
#include "diff/needs.h"

#include <string.h>

#include "sql/define.h"
#include "sql/key.h"
#include "sql/lex.h"
#include "sql/quote.h"

/* Returns what the definition says after AS, up to what ALTER can change; with
 * its collation, or without. */
const char *
domain_base(
    struct arena *a, enum dialect d, const struct object *o, bool collated)
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

static bool
is_type(const struct object *o)
{
	return o->kind == OBJECT_DOMAIN || type_is_composite(o) ||
	       type_is_range(o);
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
	moves = strcmp(domain_base(&mem, p->dialect, now, true),
		    domain_base(&mem, p->dialect, new, true)) != 0 ||
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
	       (type_is_range(now) && !expr_equal(&now->sql, &new->sql)) ||
	       (type_is_composite(now) && type_is_composite(new) &&
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

	if (!new || !type_is_composite(now) || !type_moves(p, now))
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

bool
column_is_of(
    const struct pass *p, const struct column *c, const struct object *type)
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
		if (column_is_of(p, now, p->moving.v[i]))
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
note_column(struct pass *p, enum change_kind kind, size_t table,
    const struct table *new, size_t column, const struct column *from,
    const struct column *to)
{
	struct change *c = pass_add_of(p, kind, table, new);

	c->old_column = c->old_table->columns.v[column];
	c->now_column = from;
	c->new_column = to;
	if (to->source.file)
		c->source = to->source;
	return c;
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

/* What is computed from the column, or is it, is a plain value meanwhile. */
static void
free_computed(struct pass *p, size_t table, const struct table *new,
    const char *column, struct change *goes, struct change *comes)
{
	const struct columns *all = &p->now->tables.v[table]->columns;
	struct change *halves[2];

	for (size_t i = 0; i < all->n; i++) {
		const struct expr *computed = &all->v[i]->generated;

		if (!computed->text ||
		    (strcmp(all->v[i]->name, column) != 0 &&
			!sql_mentions(p->dialect, computed->text, column)) ||
		    !apart_column(p, table, new, i, halves))
			continue;
		need(p, goes, halves[0]);
		need(p, halves[1], comes);
	}
}

/* What says an attribute of the column, or compares it, is made again. */
static void
free_column(
    struct pass *p, size_t table, const struct table *new, const char *column)
{
	const struct table *now = p->now->tables.v[table];

	for (size_t i = 0; i < now->indexes.n; i++)
		if (index_mentions(p->dialect, now->indexes.v[i], column))
			apart_index(p, table, new, i);
	for (size_t i = 0; i < now->constraints.n; i++)
		if ((now->constraints.v[i]->kind == CONSTRAINT_CHECK ||
			now->constraints.v[i]->kind == CONSTRAINT_EXCLUDE) &&
		    constraint_mentions(
			p->dialect, now->constraints.v[i], column))
			apart_constraint(p, table, new, i);
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
		struct change *goes, *comes;
		struct column *between;

		if (!to || strncmp(c->type, domain, n) != 0 ||
		    (c->type[n] && strcmp(c->type + n, "[]") != 0) ||
		    strcmp(c->type, to->type) != 0)
			continue;
		between = arena_new(p->a, struct column);
		*between = *to;
		between->type = arena_fmt(p->a, "%s%s", base, c->type + n);
		if (waits) {
			free_column(p, table, new, c->name);
			/* it would say the type */
			between->default_value = (struct expr){ 0 };
			between->enum_type = NULL;
			attributes_convert(p, between, c);
		}
		goes = note_column(
		    p, CHANGE_COLUMN_TYPE, table, new, i, c, between);
		comes = note_column(
		    p, CHANGE_COLUMN_TYPE, table, new, i, between, to);
		if (!waits)
			continue;
		free_computed(p, table, new, c->name, goes, comes);
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
		bool waits =
		    now->kind == OBJECT_TYPE || is_made_of_moving(p, now);
		const char *base =
		    waits ? "text" : domain_base(p->a, p->dialect, new, false);
		struct buf name = { 0 };

		sql_qualified(&name, p->dialect, now->schema, now->name);
		for (size_t k = 0; k < p->now->tables.n; k++)
			step_aside(p, k, buf_str(&name), base, waits);
		buf_release(&name);
	}
}
