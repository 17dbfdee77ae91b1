/* domain - a domain of another type
 *
 * No ALTER changes what a domain is of, nor what it asks as long as a column is
 * a list of it, so that it goes and comes again, and its columns are of the new
 * type itself meanwhile. That they can be, without
 * a value that becomes another, is asked as for any change of type.
 */
#include "diff/pass.h"

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

bool
domain_moves(
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

static void
note(struct pass *p, size_t table, const struct table *new, size_t column,
    const struct column *from, const struct column *to)
{
	struct change *c = pass_add(p, CHANGE_COLUMN_TYPE);

	c->old_table = p->from->tables.v[table];
	c->now_table = p->now->tables.v[table];
	c->new_table = new;
	c->old_column = c->old_table->columns.v[column];
	c->now_column = from;
	c->new_column = to;
	c->source = to->source.file ? to->source : new->source;
}

/* The columns that are of the domain before and after. */
static void
step_aside(struct pass *p, size_t table, const char *domain, const char *base)
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
		note(p, table, new, i, c, between);
		note(p, table, new, i, between, to);
	}
}

void
pass_domains(struct pass *p)
{
	for (size_t i = 0; i < p->now->objects.n; i++) {
		const struct object *now = p->now->objects.v[i], *new;
		struct buf name = { 0 };

		if (now->kind != OBJECT_DOMAIN ||
		    !(new = schema_object_like(p->to, now)) ||
		    !domain_moves(p, now, new))
			continue;
		sql_qualified(&name, p->dialect, now->schema, now->name);
		for (size_t k = 0; k < p->now->tables.n; k++)
			step_aside(p, k, buf_str(&name),
			    base_of(p->a, p->dialect, new, false));
		buf_release(&name);
	}
}
