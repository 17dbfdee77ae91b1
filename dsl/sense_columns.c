/* sense_columns - columns that the SQL of an item names, and nobody has
 *
 * Only what must be a column is looked up (sql/columns.h, sql/queries.h); a
 * database would say the same later, and in worse words.
 */
#include <string.h>

#include "dsl/options.h"
#include "dsl/sense_words.h"
#include "sql/key.h"

/* Where SQL stands that is over the rows of the collection. */
static const struct {
	unsigned short kind; /* 0: every field */
	const char *option;
} expressions[] = {
	{ 0, "check" },
	{ 0, "generated" },
	{ DEESSE_KIND_CHECK, "sql" },
	{ DEESSE_KIND_INDEX, "on" },
	{ DEESSE_KIND_INDEX, "where" },
	{ DEESSE_KIND_EXCLUDE, "on" },
	{ DEESSE_KIND_EXCLUDE, "where" },
	{ DEESSE_KIND_PARTITION_BY, "on" },
	{ DEESSE_KIND_POLICY, "using" },
	{ DEESSE_KIND_POLICY, "with_check" },
};

/* ------------------------------- expressions ------------------------------ */

/* What DESC, OPS and the like put around a part; NULL: it is a field. */
static const char *
expression_of(const struct sensing *s, const char *part)
{
	bool expr = false;
	size_t n = strspn(part, "\001\002\005\006");

	expr = memchr(part, '\002', n) != NULL;
	part += n;
	return expr ? arena_strndup(s->a, part, strcspn(part, "\003\004\007"))
		    : NULL;
}

static void
check_expression(const struct sensing *s, const char *option, const char *text)
{
	struct sql_named x = { .option = option };

	x.sql = lower_expr(s->l, text).text;
	sense_expression(s, &x);
}

static void
check_option(const struct sensing *s, const char *name)
{
	const struct kind *k = kind_of(s->item->kind);
	const struct option *o = NULL;
	const char *const *texts;

	for (size_t i = 0; i < k->n; i++)
		if (!strcmp(k->options[i].name, name))
			o = &k->options[i];
	texts = (const void *)((const char *)s->item + o->offset);
	if (o->type == OPTION_TEXT && *texts)
		check_expression(s, o->argument ? NULL : name, *texts);
	for (size_t i = 0; o->type == OPTION_PARTS && i < DEESSE_PARTS; i++) {
		const char *expr = texts[i] ? expression_of(s, texts[i]) : NULL;

		if (!texts[i])
			break;
		if (expr)
			check_expression(s, name, expr);
	}
}

/* -------------------------------- triggers -------------------------------- */

/* "after update of title, views" */
static void
check_event(const struct sensing *s, const char *event)
{
	struct sql_named x = { .option = "event", .sql = event };
	struct reading r;
	size_t at;

	if (!event)
		return;
	reading_init(&r, s->a, s->l->dialect, event, strlen(event));
	for (at = find_word(&r, 0, "of") + 1; token_names(peek(&r, at));
	     at += 2) {
		x.at = peek(&r, at);
		x.name = sql_unquote(s->a, s->l->dialect, x.at->at, x.at->len);
		sense_column(s, &x);
		if (!token_is(peek(&r, at + 1), ","))
			break;
	}
}

static void
check_trigger(const struct sensing *s)
{
	const struct deesse_TRIGGER *t = (const void *)s->item;
	struct sql_named when = { .option = "when", .sql = t->when };
	struct sql_named body = { .option = "sql", .sql = t->sql };

	check_event(s, t->event);
	if (t->when)
		sense_rows(s, &when);
	if (t->sql) {
		sense_rows(s, &body);
		sense_statements(s, &body);
	}
}

static void
check_view(const struct sensing *s)
{
	const struct deesse_VIEW *v = (const void *)s->item;
	struct sql_named x = { .option = "sql" };

	if (!v->sql)
		return;
	x.sql = lower_expr(s->l, v->sql).text;
	sense_statements(s, &x);
}

void
sense_columns(const struct sensing *s)
{
	if (s->item->kind == DEESSE_KIND_VIEW)
		check_view(s);
	if (!s->c || !s->c->whole)
		return;
	for (size_t i = 0; i < sizeof(expressions) / sizeof(*expressions); i++)
		if (expressions[i].kind ? expressions[i].kind == s->item->kind
					: s->f != NULL)
			check_option(s, expressions[i].option);
	if (s->item->kind == DEESSE_KIND_TRIGGER)
		check_trigger(s);
}
