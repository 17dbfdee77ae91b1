/* lower_part - the fields and expressions of keys and indexes */
#include <string.h>

#include "dsl/lower.h"
#include "dsl/options.h"
#include "sql/key.h"
#include "sql/options.h"

/* What the words of deesse/dsl.h put before and behind the text of a part. */
#define MARK_DESC '\001'
#define MARK_EXPR '\002'
#define MARK_FIRST '\005'
#define MARK_LAST '\006'
#define MARKS_BEFORE "\001\002\005\006"
#define MARK_OPS '\003'
#define MARK_WITH '\004'
#define MARK_COLLATE '\007'
#define MARKS_BEHIND "\003\004\007"

struct marked {
	struct part part;
	const char *text; /* of the field or the expression */
	bool expr;
	bool twice; /* NULLs first and last */
};

/* Reads "views", DESC("views"), OPS(EXPR("lower(email)"), "text_ops") … */
static struct marked
read_part(struct lowering *l, const char *s)
{
	struct marked m = { .text = "" };
	size_t n;

	for (; *s && strchr(MARKS_BEFORE, *s); s++) {
		m.part.desc = m.part.desc || *s == MARK_DESC;
		m.expr = m.expr || *s == MARK_EXPR;
		if (*s != MARK_FIRST && *s != MARK_LAST)
			continue;
		m.twice = m.part.nulls != NULL;
		m.part.nulls = *s == MARK_FIRST ? "FIRST" : "LAST";
	}
	n = strcspn(s, MARKS_BEHIND);
	m.text = arena_strndup(&l->brief, s, n);
	for (s += n; *s; s += n) {
		const char *word;
		char mark = *s++;

		n = strcspn(s, MARKS_BEHIND);
		word = arena_strndup(l->arena, s, n);
		if (mark == MARK_OPS)
			m.part.opclass =
			    sql_opclass(l->arena, l->dialect, word);
		else if (mark == MARK_WITH)
			m.part.with = word;
		else if (mark == MARK_COLLATE)
			m.part.collation = word;
	}
	return m;
}

/* Where NULLs come first or last by themselves, it is as if not said. */
static void
fold_nulls(struct part *p)
{
	if (p->nulls && !strcmp(p->nulls, p->desc ? "FIRST" : "LAST"))
		p->nulls = NULL;
}

static void
check_collation(struct lowering *l, const struct deesse_item *item,
    const char *option, const char *name)
{
	const char *wrong = name ? l->rules->collation_wrong(name) : NULL;

	if (wrong)
		tell(l, item, option, "%s", wrong);
}

static void
check_marks(struct lowering *l, const struct deesse_item *item,
    const struct marked *m, enum part_use use)
{
	const char *what = kind_of(item->kind)->name;
	const struct part *p = &m->part;

	if (m->expr && !*m->text)
		tell(l, item, "on", "%s has an empty EXPR", what);
	if (m->twice)
		tell(l, item, "on",
		    "NULLs of '%s' come first and last; keep one", m->text);
	if (p->opclass && !l->rules->index_methods)
		tell(l, item, "on",
		    "%s has no operator classes; say .only = POSTGRES",
		    l->rules->title);
	if (p->nulls && !l->rules->index_methods)
		tell(l, item, "on",
		    "%s keeps NULLs first; say .only = POSTGRES",
		    l->rules->title);
	if (use == PART_EXCLUSION ? !p->with : p->with != NULL)
		tell(l, item, "on",
		    use == PART_EXCLUSION
			? "%s compares by operators; write WITH(\"%s\", "
			  "\"=\")"
			: "%s compares nothing by an operator: WITH is for "
			  "EXCLUDE",
		    what, m->text);
	if ((use == PART_FIELD || use == PART_COLUMN) &&
	    (m->expr || p->nulls || p->opclass ||
		((use == PART_FIELD || !l->rules->key_order) &&
		    (p->desc || p->collation))))
		tell(l, item, "on",
		    "%s takes fields, no expressions and no order; INDEX does",
		    what);
	check_collation(l, item, "on", p->collation);
}

static void
check_twice(struct lowering *l, const struct deesse_item *item,
    const struct parts *parts, const struct part *p, const char *name)
{
	for (size_t k = 0; k < parts->n; k++)
		if (p->column && parts->v[k].column && !p->with &&
		    !p->opclass && !strcmp(p->column, parts->v[k].column))
			tell(l, item, "on", "%s(%s) has '%s' twice",
			    kind_of(item->kind)->name, item->name, name);
}

/* EXPR("a") is the column a, and says that it may be there again. */
static const char *
bare_column(struct lowering *l, struct lowered *c, const char *text)
{
	const char *key = sql_key(&l->brief, l->dialect, text);

	for (size_t i = 0; i < c->fields.n; i++) {
		const char *name = c->fields.v[i]->as;

		if (!strcmp(sql_key(&l->brief, l->dialect,
				arena_fmt(&l->brief, "\"%s\"", name)),
			key))
			return name;
	}
	return NULL;
}

void
take_parts(struct lowering *l, struct lowered *c,
    const struct deesse_item *item, const char *const *on, enum part_use use,
    struct parts *out)
{
	const struct kind *k = kind_of(item->kind);

	if (!on[0] && item->kind == DEESSE_KIND_PRIMARY_KEY)
		tell(l, item, NULL,
		    "PRIMARY_KEY is on nothing; say .on = {\"…\"}");
	else if (!on[0])
		tell(l, item, NULL, "%s(%s) is on nothing; say .on = {\"…\"}",
		    k->name, item->name);
	for (size_t i = 0; i < DEESSE_PARTS && on[i]; i++) {
		struct marked m = read_part(l, on[i]);
		struct part *p = &m.part;
		const char *again = m.expr ? bare_column(l, c, m.text) : NULL;

		m.expr = m.expr && !again;
		check_marks(l, item, &m, use);
		fold_nulls(p);
		if (again) {
			p->column = again;
		} else if (m.expr) {
			p->expr = lower_expr(l, m.text);
		} else {
			struct field *f = find_field(l, c, m.text, item, "on");

			if (!f)
				continue;
			p->column = f->as;
		}
		if (!again)
			check_twice(l, item, out, p, m.text);
		vec_push(l->arena, out, *p);
	}
}

void
take_columns(struct lowering *l, struct lowered *c,
    const struct deesse_item *item, const char *option,
    const char *const *fields, struct names *out)
{
	for (size_t i = 0; i < DEESSE_PARTS && fields[i]; i++) {
		struct field *f = find_field(l, c, fields[i], item, option);

		if (f)
			vec_push(l->arena, out, f->as);
	}
}
