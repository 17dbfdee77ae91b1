/* postgres_object - what becomes a statement in PostgreSQL */
#include <string.h>

#include "base/text.h"
#include "dsl/lower.h"
#include "dsl/postgres.h"
#include "sql/quote.h"

static bool
needs(struct lowering *l, const struct deesse_item *item, const char *text,
    const char *example)
{
	if (text && *text)
		return true;
	tell(l, item, NULL, "%s says nothing; write %s", item->name, example);
	return false;
}

static void
view(struct lowering *l, struct buf *out, const struct deesse_item *item,
    const struct table *table)
{
	const struct deesse_VIEW *v = (const void *)item;

	if (!needs(l, item, v->sql, ".sql = \"SELECT …\""))
		return;
	buf_fmt(out, "CREATE %sVIEW ", v->materialized ? "MATERIALIZED " : "");
	add_object_name(l, out, item, table);
	add_clause(l, out, " AS ", v->sql);
}

static void
extension(struct lowering *l, struct buf *out, const struct deesse_item *item,
    const struct table *table)
{
	const struct deesse_EXTENSION *e = (const void *)item;

	(void)table;
	buf_puts(out, "CREATE EXTENSION ");
	sql_ident(out, l->dialect, e->name ? e->name : item->name);
	if (e->schema) {
		buf_puts(out, " SCHEMA ");
		sql_ident(out, l->dialect, e->schema);
	}
	if (e->version) {
		buf_puts(out, " VERSION ");
		sql_literal(out, l->dialect, e->version);
	}
}

static void
domain(struct lowering *l, struct buf *out, const struct deesse_item *item,
    const struct table *table)
{
	const struct deesse_DOMAIN_TYPE *d = (const void *)item;

	if (!needs(l, item, d->type, ".type = \"text\""))
		return;
	buf_puts(out, "CREATE DOMAIN ");
	add_object_name(l, out, item, table);
	buf_fmt(out, " AS %s", postgres_type_name(l->arena, d->type));
	if (d->collate) {
		buf_puts(out, " COLLATE ");
		sql_ident(out, l->dialect, d->collate);
	}
	add_clause(l, out, " DEFAULT ", d->default_sql);
	buf_puts(out, d->required ? " NOT NULL" : "");
	if (d->check) {
		add_clause(l, out, " CHECK (", d->check);
		buf_putc(out, ')');
	}
}

static void
sequence(struct lowering *l, struct buf *out, const struct deesse_item *item,
    const struct table *table)
{
	const struct deesse_SEQUENCE *s = (const void *)item;
	const struct {
		const char *option, *word, *number;
	} numbers[] = {
		{ "increment", " INCREMENT BY ", s->increment },
		{ "min", " MINVALUE ", s->min },
		{ "max", " MAXVALUE ", s->max },
		{ "start", " START WITH ", s->start },
		{ "cache", " CACHE ", s->cache },
	};

	buf_puts(out, "CREATE SEQUENCE ");
	add_object_name(l, out, item, table);
	add_clause(l, out, " AS ", s->type);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		if (!numbers[i].number)
			continue;
		if (!is_integer(numbers[i].number))
			tell(l, item, numbers[i].option,
			    ".%s of %s is \"%s\", no whole number",
			    numbers[i].option, item->name, numbers[i].number);
		buf_fmt(out, "%s%s", numbers[i].word, numbers[i].number);
	}
	buf_puts(out, s->cycle ? " CYCLE" : "");
	add_clause(l, out, " OWNED BY ", s->owned_by);
}

static void
add_table(struct lowering *l, struct buf *out, const struct table *table)
{
	buf_puts(out, " ON ");
	sql_qualified(out, l->dialect, table->schema, table->name);
}

static void
policy(struct lowering *l, struct buf *out, const struct deesse_item *item,
    const struct table *table)
{
	static const char *const commands[] = { "ALL", "SELECT", "INSERT",
		"UPDATE", "DELETE", NULL };
	const struct deesse_POLICY *p = (const void *)item;
	const char *const *c = commands;

	while (p->on && *c && !text_same_nocase(*c, p->on))
		c++;
	if (!*c)
		tell(l, item, "on",
		    ".on is \"%s\"; it takes \"all\", \"select\", \"insert\", "
		    "\"update\" or \"delete\"",
		    p->on);
	if (!p->using && !p->with_check)
		tell(l, item, NULL,
		    "POLICY(%s) says which rows: .using = \"…\" those that are "
		    "seen, .with_check = \"…\" those that may be written",
		    item->name);
	buf_puts(out, "CREATE POLICY ");
	sql_ident(out, l->dialect, p->name ? p->name : item->name);
	add_table(l, out, table);
	buf_puts(out, p->restrictive ? " AS RESTRICTIVE" : "");
	if (*c && c != commands)
		buf_fmt(out, " FOR %s", *c);
	for (const char *const *r = p->to; r && *r; r++) {
		buf_puts(out, r == p->to ? " TO " : ", ");
		if (text_same_nocase(*r, "public"))
			buf_puts(out, "PUBLIC");
		else
			sql_ident(out, l->dialect, *r);
	}
	if (p->using) {
		add_clause(l, out, " USING (", p->using);
		buf_putc(out, ')');
	}
	if (p->with_check) {
		add_clause(l, out, " WITH CHECK (", p->with_check);
		buf_putc(out, ')');
	}
}

static void
trigger(struct lowering *l, struct buf *out, const struct deesse_item *item,
    const struct table *table)
{
	const struct deesse_TRIGGER *t = (const void *)item;

	if (!needs(l, item, t->event, ".event = \"after update\"") ||
	    !needs(l, item, t->execute,
		".execute = \"function()\", or .only = SQLITE"))
		return;
	buf_puts(out, "CREATE TRIGGER ");
	sql_ident(out, l->dialect,
	    t->name ? t->name
		    : arena_fmt(l->arena, "%s_%s", table->name, item->name));
	buf_fmt(out, " %s", t->event);
	add_table(l, out, table);
	buf_fmt(out, " FOR EACH %s", t->statement ? "STATEMENT" : "ROW");
	if (t->when) {
		add_clause(l, out, " WHEN (", t->when);
		buf_putc(out, ')');
	}
	buf_fmt(out, " EXECUTE FUNCTION %s%s", t->execute,
	    strchr(t->execute, '(') ? "" : "()");
}

const struct definer postgres_definers[] = {
	{ DEESSE_KIND_VIEW, view },
	{ DEESSE_KIND_EXTENSION, extension },
	{ DEESSE_KIND_DOMAIN_TYPE, domain },
	{ DEESSE_KIND_SEQUENCE, sequence },
	{ DEESSE_KIND_POLICY, policy },
	{ DEESSE_KIND_TRIGGER, trigger },
	{ 0, NULL },
};
