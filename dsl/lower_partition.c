/* lower_partition - PARTITION_BY and PARTITION */
#include <string.h>

#include "base/text.h"
#include "dsl/lower.h"
#include "sql/key.h"
#include "sql/lex.h"
#include "sql/quote.h"

/* Is the whole a call? Such an expression stands without parentheses, as the
 * server writes it. */
static bool
is_call(struct lowering *l, const char *text)
{
	struct lexer lexer;
	struct token t;
	int depth = 0;
	bool call = true, open = false, ended = false;

	lex_init(&lexer, l->dialect, text, strlen(text));
	while (call && lex_next(&lexer, &t)) {
		bool name = token_names(&t) || token_is(&t, ".");

		depth += token_is(&t, "(") - token_is(&t, ")");
		call = !ended && (open || name || token_is(&t, "("));
		open = open || depth > 0;
		ended = open && !depth;
	}
	lex_release(&lexer);
	return call && ended && *text != '(';
}

static void
add_part(struct lowering *l, struct buf *b, const struct part *p)
{
	bool bare = !p->column && is_call(l, p->expr.text);

	if (p->column)
		sql_ident(b, l->dialect, p->column);
	else
		buf_fmt(b, "%s%s%s", bare ? "" : "(", p->expr.text,
		    bare ? "" : ")");
	if (p->collation) {
		buf_puts(b, " COLLATE ");
		sql_ident(b, l->dialect, p->collation);
	}
	if (p->opclass)
		buf_fmt(b, " %s", p->opclass);
}

void
lower_partition_by(struct lowering *l, struct lowered *c, const void *item)
{
	static const char *const methods[] = { "RANGE", "LIST", "HASH" };
	const struct deesse_PARTITION_BY *p = item;
	struct parts parts = { 0 };
	struct buf b = { 0 };
	bool known = false;

	for (size_t i = 0; i < 3; i++)
		known = known || !strcmp(methods[i], p->method);
	if (!known)
		tell(l, item, NULL,
		    "PARTITION_BY takes RANGE, LIST or HASH, not '%s'",
		    p->method);
	take_parts(l, c, item, p->on, PART_INDEX, &parts);
	buf_fmt(&b, "%s (", p->method);
	for (size_t i = 0; i < parts.n; i++) {
		buf_puts(&b, i ? ", " : "");
		add_part(l, &b, &parts.v[i]);
	}
	buf_putc(&b, ')');
	c->table->partition_by = lower_expr(l, buf_str(&b));
	buf_release(&b);
}

static const struct deesse_PARTITION_BY *
partition_by(const struct lowered *c)
{
	for (size_t i = 0; i < c->from->n; i++)
		if (c->from->items[i]->kind == DEESSE_KIND_PARTITION_BY)
			return (const void *)c->from->items[i];
	return NULL;
}

static void
add_end(struct lowering *l, struct buf *b, const char *end, const char *none)
{
	if (end)
		sql_literal(b, l->dialect, end);
	else
		buf_puts(b, none);
}

static void
range(struct lowering *l, const struct deesse_PARTITION *p, struct buf *b)
{
	buf_puts(b, "FROM (");
	add_end(l, b, p->from, "MINVALUE");
	buf_puts(b, ") TO (");
	add_end(l, b, p->to, "MAXVALUE");
	buf_putc(b, ')');
}

static void
list(struct lowering *l, const struct deesse_PARTITION *p, struct buf *b)
{
	for (const char *const *v = p->values; *v; v++) {
		buf_puts(b, v == p->values ? "IN (" : ", ");
		sql_literal(b, l->dialect, *v);
	}
	buf_putc(b, ')');
}

static void
hash(struct lowering *l, const struct deesse_PARTITION *p, struct buf *b)
{
	(void)l;
	buf_fmt(b, "WITH (MODULUS %d, REMAINDER %d)", p->modulus, p->remainder);
}

/* Each way to say what is in a partition, and whether it was said. */
static bool
take_bound(
    struct lowering *l, const struct deesse_PARTITION *p, struct partition *out)
{
	const struct {
		bool said;
		void (*add)(struct lowering *, const struct deesse_PARTITION *,
		    struct buf *);
	} ways[] = {
		{ p->from || p->to, range },
		{ p->values && *p->values, list },
		{ p->modulus > 0, hash },
		{ p->bound != NULL, NULL },
		{ p->rest, NULL },
	};
	struct buf b = { 0 };
	size_t said = 0;

	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		if (!ways[i].said)
			continue;
		said++;
		if (ways[i].add)
			ways[i].add(l, p, &b);
	}
	if (p->bound)
		buf_puts(&b, p->bound);
	if (p->rest)
		buf_puts(&b, "DEFAULT");
	if (said == 1)
		out->bound = lower_expr(l, buf_str(&b));
	buf_release(&b);
	return said == 1;
}

/* Finds the part that this one is a part of, which stands before it. */
static bool
take_parent(struct lowering *l, struct lowered *c,
    const struct deesse_PARTITION *p, struct partition *out)
{
	for (size_t i = 0; c->from->items[i] != &p->item; i++) {
		const struct deesse_PARTITION *q =
		    (const void *)c->from->items[i];

		if (q->item.kind != DEESSE_KIND_PARTITION ||
		    strcmp(q->item.name, p->of) != 0)
			continue;
		out->of = item_name(l, c, &q->item, q->name);
		if (q->partition_by)
			return true;
		tell(l, &p->item, "of",
		    "PARTITION(%s) has no parts: say its .partition_by", p->of);
		return false;
	}
	tell(l, &p->item, "of",
	    "there is no PARTITION(%s) of %s before this one", p->of, c->slug);
	return false;
}

void
lower_partition(struct lowering *l, struct lowered *c, const void *item)
{
	const struct deesse_PARTITION *p = item;
	const struct deesse_PARTITION_BY *by = partition_by(c);
	struct partition new = { .source = source_of(item) };
	struct source *at = arena_new(&l->work, struct source);

	if (!by) {
		tell(l, item, NULL,
		    "%s is not divided: PARTITION goes with PARTITION_BY",
		    c->slug);
		return;
	}
	/* where the table is not divided, there are no parts of it */
	if (!item_here(l, &by->item))
		return;
	*at = new.source;
	new.name = item_name(l, c, item, p->name);
	if (p->schema && !schema_same_name(l->dialect,
			     strcmp(p->schema, "public") ? p->schema : NULL,
			     c->table->schema))
		new.schema = p->schema;
	if (p->of && !take_parent(l, c, p, &new))
		return;
	if (p->partition_by)
		new.partition_by = lower_expr(l, p->partition_by);
	claim(l, &l->relations, partition_schema(c->table, &new), new.name,
	    item, at, arena_fmt(&l->brief, "PARTITION(%s)", p->item.name),
	    ".name");
	if (take_bound(l, p, &new))
		vec_push(l->arena, &c->table->partitions, new);
	else
		tell(l, item, NULL,
		    "PARTITION(%s) says one of .from and .to, .values, "
		    ".modulus and .remainder, .bound, .rest",
		    p->item.name);
}
