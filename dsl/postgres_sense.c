/* postgres_sense - what PostgreSQL would refuse, said before it is asked */
#include <string.h>

#include "base/text.h"
#include "dsl/sense.h"

/* --------------------------------- fields --------------------------------- */

/* Which types have a collation; what COLUMN names may have one. */
static const char *
collate(const struct sensing *s)
{
	unsigned short kind = s->f->kind;

	return s->common->collate && kind != DEESSE_KIND_TEXT &&
		       kind != DEESSE_KIND_COLUMN
		   ? "a collation orders text, and this is none; leave "
		     ".collate out"
		   : NULL;
}

static const char *
plain(const struct sensing *s)
{
	const struct deesse_JSON *j = (const void *)s->item;

	return j->plain && (j->unique || j->index || j->primary_key)
		   ? "json cannot be compared, so no index or key is made of "
		     "it; leave .plain out, for jsonb can"
		   : NULL;
}

/* NOW in quotes is a column to it; to SQLite, a text. */
static const char *
default_sql(const struct sensing *s)
{
	static const char *const words[] = { "NOW", "TODAY", "NEW_UUID" };
	const char *sql = s->common->default_sql;

	for (size_t i = 0; sql && i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(sql, words[i]))
			return arena_fmt(s->a,
			    "%s stands without quotes: write .default_sql = %s",
			    words[i], words[i]);
	return NULL;
}

/* "[1, 2, 3]", as pgvector reads it. */
static const char *
vector_default(const struct sensing *s)
{
	const struct deesse_VECTOR *v = (const void *)s->item;
	const char *at = v->default_value;
	int n = 1;

	if (!at || v->array)
		return NULL;
	for (const char *c = at; *c; c++)
		n += *c == ',';
	if (*at != '[' || !text_ends(at, "]") ||
	    at[strspn(at, "[]0123456789+-.eE, ")] || n != v->dimensions)
		return arena_fmt(s->a,
		    "the default \"%s\" of %s is no list of %d numbers as "
		    "\"[1, 2]\" is",
		    at, s->f->name, v->dimensions);
	return NULL;
}

/* --------------------------------- indexes -------------------------------- */

static const struct method {
	const char *name;
	bool order, unique, include, several;
} methods[] = {
	{ "btree", true, true, true, true },
	{ "hash", false, false, false, false },
	{ "gin", false, false, false, true },
	{ "gist", false, false, true, true },
	{ "spgist", false, false, true, false },
	{ "brin", false, false, false, true },
};

/* Returns NULL where an extension brought the method. */
static const struct method *
method_of(const struct deesse_INDEX *x)
{
	const char *name = x->method ? x->method : "btree";

	for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++)
		if (text_same_nocase(methods[i].name, name))
			return &methods[i];
	return NULL;
}

static const char *
method(const struct sensing *s)
{
	static const char *const ordered[] = { DESC(""), NULLS_FIRST(""),
		NULLS_LAST("") };
	const struct deesse_INDEX *x = (const void *)s->item;
	const struct method *m = method_of(x);
	const char *wrong = NULL;

	if (!m)
		return NULL;
	if (x->unique && !m->unique)
		wrong = "cannot be unique";
	else if (x->include[0] && !m->include)
		wrong = "cannot include columns";
	else if (x->on[0] && x->on[1] && !m->several)
		wrong = "is on one field or expression";
	for (size_t i = 0; !m->order && i < DEESSE_PARTS && x->on[i]; i++)
		for (size_t k = 0; k < 3; k++)
			if (strchr(x->on[i], *ordered[k]))
				wrong = "has no order";
	return wrong ? arena_fmt(s->a, "an index by %s %s", m->name, wrong)
		     : NULL;
}

/* ------------------------------- foreign keys ----------------------------- */

static bool
has_column(const struct parts *parts, const char *column)
{
	for (size_t i = 0; i < parts->n; i++)
		if (parts->v[i].column && !strcmp(parts->v[i].column, column))
			return true;
	return false;
}

static bool
same_columns(const struct parts *parts, const struct names *columns)
{
	bool same = parts->n == columns->n;

	for (size_t i = 0; same && i < columns->n; i++)
		same = has_column(parts, columns->v[i]);
	return same;
}

static bool
is_unique(const struct table *t, const struct names *columns)
{
	for (size_t i = 0; i < t->constraints.n; i++) {
		const struct constraint *k = t->constraints.v[i];

		if ((k->kind == CONSTRAINT_PRIMARY_KEY ||
			k->kind == CONSTRAINT_UNIQUE) &&
		    !k->deferrable && same_columns(&k->parts, columns))
			return true;
	}
	for (size_t i = 0; i < t->indexes.n; i++) {
		const struct index *x = t->indexes.v[i];

		if (x->unique && !x->where.text &&
		    same_columns(&x->parts, columns))
			return true;
	}
	return false;
}

/* Returns the target of a foreign key, its columns in *columns; NULL where that
 * was told. */
static const struct lowered *
target_of(const struct sensing *s, struct names *columns)
{
	const struct deesse_FOREIGN_KEY *k = (const void *)s->item;
	const struct lowered *to = map_get(&s->l->slugs, k->target);
	size_t n = 0;

	for (size_t i = 0; to && i < DEESSE_PARTS && k->references[i]; i++) {
		const struct field *f = sense_field(to, k->references[i]);

		if (!f)
			return NULL;
		vec_push(s->a, columns, f->as);
	}
	for (size_t i = 0; to && !k->references[0] && i < to->key.n; i++)
		vec_push(s->a, columns, to->key.v[i]->as);
	while (n < DEESSE_PARTS && k->on[n])
		n++;
	return n == columns->n ? to : NULL;
}

static const char *
references(const struct sensing *s)
{
	const struct deesse_FOREIGN_KEY *k = (const void *)s->item;
	struct names columns = { 0 };
	const struct lowered *to = target_of(s, &columns);

	return to && columns.n && !is_unique(to->table, &columns)
		   ? arena_fmt(s->a,
			 "FOREIGN_KEY(%s) needs a target that is unique; write "
			 "UNIQUE(%s, .on = {…}) in %s",
			 k->item.name, k->item.name, to->slug)
		   : NULL;
}

/* Types that compare with each other are of one group. */
static int
group(unsigned short kind)
{
	switch (kind) {
	case DEESSE_KIND_REAL:
	case DEESSE_KIND_DECIMAL:
		return DEESSE_KIND_INTEGER;
	case DEESSE_KIND_TIMESTAMP:
		return DEESSE_KIND_DATE;
	default:
		return kind;
	}
}

static const char *
key_types(const struct sensing *s)
{
	const struct deesse_FOREIGN_KEY *k = (const void *)s->item;
	struct names columns = { 0 };
	const struct lowered *to = target_of(s, &columns);

	for (size_t i = 0; to && i < columns.n; i++) {
		const struct field *from = sense_field(s->c, k->on[i]);
		const struct field *there = sense_field(to, columns.v[i]);

		if (!from || !there || from->kind == DEESSE_KIND_COLUMN ||
		    there->kind == DEESSE_KIND_COLUMN ||
		    group(from->kind) == group(there->kind))
			continue;
		return arena_fmt(s->a,
		    "'%s' is %s, and '%s' of %s is %s: a foreign key compares "
		    "like with like",
		    from->name, from->column->type, there->name, to->slug,
		    there->column->type);
	}
	return NULL;
}

static const char partial[] =
    "PostgreSQL has MATCH PARTIAL in its grammar only; use \"FULL\"";

static const char *
match(const struct sensing *s)
{
	const struct deesse_FOREIGN_KEY *k = (const void *)s->item;

	return k->match && text_same_nocase(k->match, "partial") ? partial
								 : NULL;
}

static const char *
relation_match(const struct sensing *s)
{
	const struct deesse_RELATION *r = (const void *)s->item;

	return r->match && text_same_nocase(r->match, "partial") ? partial
								 : NULL;
}

/* --------------------------- policies and triggers ------------------------ */

static const char *
policy_using(const struct sensing *s)
{
	const struct deesse_POLICY *p = (const void *)s->item;

	return p->using && p->on && text_same_nocase(p->on, "insert")
		   ? "a new row was not seen before: a policy on insert says "
		     ".with_check, not .using"
		   : NULL;
}

static const char *
policy_check(const struct sensing *s)
{
	const struct deesse_POLICY *p = (const void *)s->item;

	return p->with_check && p->on &&
		       (text_same_nocase(p->on, "select") ||
			   text_same_nocase(p->on, "delete"))
		   ? arena_fmt(s->a,
			 "%s writes no row: such a policy says .using, not "
			 ".with_check",
			 p->on)
		   : NULL;
}

static const char *
trigger(const struct sensing *s)
{
	const struct deesse_TRIGGER *t = (const void *)s->item;
	const char *word = t->event ? strpbrk(t->event, " \t\n") : NULL;

	word = word ? word + strspn(word, " \t\n") : "";
	return !t->statement && strlen(word) >= 8 &&
		       text_same_nocase(
			   arena_strndup(s->a, word, 8), "truncate")
		   ? "TRUNCATE looks at no row: say .statement = true"
		   : NULL;
}

/* -------------------------------- sequences ------------------------------- */

static const char *
sequence(const struct sensing *s)
{
	const struct deesse_SEQUENCE *q = (const void *)s->item;
	const struct {
		const char *a, *b, *wrong;
	} wrong[] = {
		{ q->min, q->max, ".min is more than .max" },
		{ q->min, q->start, ".start is less than .min" },
		{ q->start, q->max, ".start is more than .max" },
		{ "1", q->cache, ".cache is at least 1" },
	};
	bool ok = true;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++, ok = true)
		if (wrong[i].a && wrong[i].b &&
		    number_compare(wrong[i].a, wrong[i].b, &ok) > 0 && ok)
			return wrong[i].wrong;
	if (q->increment && number_compare(q->increment, "0", &ok) == 0 && ok)
		return "a sequence that adds 0 gives one number only";
	return NULL;
}

/* What a row of it can have, whatever it is compiled with. */
#define COLUMNS_MAX 1600

static const char *
columns(const struct sensing *s)
{
	return sense_too_many(s, COLUMNS_MAX);
}

const struct sense postgres_senses[] = {
	{ DEESSE_KIND_COLLECTION, NULL, columns },
	{ 0, "collate", collate },
	{ 0, "default_sql", default_sql },
	{ DEESSE_KIND_JSON, "plain", plain },
	{ DEESSE_KIND_VECTOR, "default_value", vector_default },
	{ DEESSE_KIND_INDEX, "method", method },
	{ DEESSE_KIND_FOREIGN_KEY, NULL, references },
	{ DEESSE_KIND_FOREIGN_KEY, NULL, key_types },
	{ DEESSE_KIND_FOREIGN_KEY, "match", match },
	{ DEESSE_KIND_RELATION, "match", relation_match },
	{ DEESSE_KIND_POLICY, "using", policy_using },
	{ DEESSE_KIND_POLICY, "with_check", policy_check },
	{ DEESSE_KIND_TRIGGER, "event", trigger },
	{ DEESSE_KIND_SEQUENCE, NULL, sequence },
	{ 0, NULL, NULL },
};
