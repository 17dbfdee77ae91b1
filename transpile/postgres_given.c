/* postgres_given - what default privileges of the database give
 *
 * Whatever is made gets the rights that ALTER DEFAULT PRIVILEGES names, and
 * those may be more than anybody meant: a view that is made again would be open
 * to who could not read it before. So they are taken back where the rights of a
 * role are declared, where the thing was there before, and where all is to be
 * as declared. The rest is the database's to give.
 */
#include "transpile/ddl.h"

#include "base/text.h"
#include "sql/options.h"
#include "sql/quote.h"
#include "sql/rights.h"

#include <string.h>

#define D DIALECT_POSTGRES

static const char altering[] = "ALTER DEFAULT PRIVILEGES ";

/* What GRANT calls the kind, and what default privileges do. */
static const struct {
	const char *word, *plural;
} kinds[OBJECT_KIND_COUNT] = {
	[OBJECT_SCHEMA] = { "SCHEMA", " ON SCHEMAS " },
	[OBJECT_TYPE] = { "TYPE", " ON TYPES " },
	[OBJECT_DOMAIN] = { "TYPE", " ON TYPES " },
	[OBJECT_SEQUENCE] = { "SEQUENCE", " ON SEQUENCES " },
	[OBJECT_FUNCTION] = { "FUNCTION", " ON FUNCTIONS " },
	[OBJECT_PROCEDURE] = { "PROCEDURE", " ON FUNCTIONS " },
	[OBJECT_AGGREGATE] = { "FUNCTION", " ON FUNCTIONS " },
	[OBJECT_FOREIGN_TABLE] = { "TABLE", " ON TABLES " },
	[OBJECT_VIEW] = { "TABLE", " ON TABLES " },
	[OBJECT_MATERIALIZED_VIEW] = { "TABLE", " ON TABLES " },
};

/* The statement that gives it to the thing, or NULL: it gives nothing there.
 * Who makes the thing is the user of the connection. */
static const char *
given_by(struct arena *a, const struct object *defaults, const char *schema,
    const char *plural, const char *on)
{
	const char *at = defaults->sql.text, *what, *in;
	struct buf b = { 0 };

	if (!text_starts(at, altering))
		return NULL;
	at += strlen(altering);
	buf_puts(&b, "IN SCHEMA ");
	sql_ident(&b, D, schema ? schema : "public");
	buf_putc(&b, ' ');
	in = buf_take(&b, a);
	if (text_starts(at, in))
		at += strlen(in);
	what = strstr(at, plural);
	if (!what ||
	    (!text_starts(at, "GRANT ") && !text_starts(at, "REVOKE ")))
		return NULL;
	return arena_fmt(a, "%.*s ON %s %s", (int)(what - at), at, on,
	    what + strlen(plural));
}

/* What is to be of the right: *more where the role has another one. */
static bool
is_wanted(
    const struct schema *wanted, const struct rights_saying *s, bool *more)
{
	for (size_t i = 0; i < wanted->shut.n; i++)
		*more |= rights_same(wanted->shut.v[i], s->name);
	for (size_t i = 0; i < wanted->objects.n; i++) {
		const struct object *o = wanted->objects.v[i];

		if (o->kind != OBJECT_GRANT || !rights_same(o->name, s->name))
			continue;
		*more = true;
		if (!strcmp(o->sql.key, s->key))
			return true;
	}
	return false;
}

static void
take_given(struct writing *w, struct names *to, const struct schema *wanted,
    const struct given *g)
{
	const struct objects *all = &w->p->diff->from->objects;
	struct rights rights = { .a = w->p->a, .d = D };
	struct rights_sayings said = { 0 };
	struct buf b = { 0 };
	const char *on, *why;

	buf_fmt(&b, "%s ", kinds[g->kind].word);
	sql_qualified(&b, D, g->schema, g->name);
	if (g->signature)
		buf_fmt(&b, "(%s)", g->signature);
	on = buf_take(&b, w->p->a);
	for (size_t i = 0; i < all->n; i++) {
		const char *text = all->v[i]->kind == OBJECT_DEFAULT_PRIVILEGES
				       ? given_by(w->p->a, all->v[i], g->schema,
					     kinds[g->kind].plural, on)
				       : NULL;
		struct statement s = { .text = text };

		if (!text)
			continue;
		s.len = strlen(text);
		(void)rights_add(&rights, &s, NULL, NULL, &why);
	}
	rights_say(&rights, &said);
	for (size_t i = 0; i < said.n; i++) {
		bool more = g->exact || g->back || wanted->exact;

		if (is_wanted(wanted, &said.v[i], &more) || !more)
			continue;
		buf_puts(&w->b, said.v[i].drop);
		plan_say(w->p, to, &w->b);
	}
}

void
postgres_take_given(struct writing *w, const struct given *g)
{
	if (kinds[g->kind].word && g->back)
		take_given(w, &w->s->undo, w->p->diff->from, g);
	else if (kinds[g->kind].word)
		take_given(w, &w->s->sql, w->p->diff->to, g);
}

void
postgres_take_given_column(struct writing *w, const struct table *t,
    const struct column *c, const struct given *like)
{
	struct given g = *like;

	if (!c->identity)
		return;
	g.kind = OBJECT_SEQUENCE;
	g.schema = t->schema;
	g.name = sql_sequence_named(
	    w->p->a, D, t->name, c->name, column_more(c)->identity_options);
	postgres_take_given(w, &g);
}

void
postgres_take_given_part(struct writing *w, const struct table *t,
    const struct partition *part, const struct given *like)
{
	struct given g = *like;

	g.schema = partition_schema(t, part);
	g.name = part->name;
	postgres_take_given(w, &g);
}

void
postgres_take_given_table(
    struct writing *w, const struct table *t, const struct given *like)
{
	struct given g = *like;

	g.kind = OBJECT_FOREIGN_TABLE;
	g.schema = t->schema;
	g.name = t->name;
	postgres_take_given(w, &g);
	for (size_t i = 0; i < t->partitions.n; i++)
		postgres_take_given_part(w, t, &t->partitions.v[i], &g);
	for (size_t i = 0; i < t->columns.n; i++)
		postgres_take_given_column(w, t, t->columns.v[i], &g);
}
