/* sense - what compiles, and yet means nothing */
#include "dsl/sense_words.h"

#include <string.h>

#include "base/text.h"
#include "dsl/options.h"
#include "sql/lex.h"

const void *
sense_find(const struct sensing *s, unsigned short kind)
{
	for (size_t i = 0; s->c && i < s->c->from->n; i++)
		if (s->c->from->items[i]->kind == kind &&
		    item_here(s->l, s->c->from->items[i]))
			return s->c->from->items[i];
	return NULL;
}

bool
sense_names(const char *const *parts, const char *name)
{
	for (size_t i = 0; i < DEESSE_PARTS && parts[i]; i++)
		if (!strcmp(parts[i], name))
			return true;
	return false;
}

const struct field *
sense_field(const struct lowered *c, const char *name)
{
	for (size_t i = 0; i < c->fields.n; i++)
		if (!strcmp(c->fields.v[i]->name, name) ||
		    !strcmp(c->fields.v[i]->as, name))
			return c->fields.v[i];
	return NULL;
}

bool
sense_in_key(const struct lowered *c, const struct field *f)
{
	for (size_t i = 0; i < c->key.n; i++)
		if (c->key.v[i] == f)
			return true;
	return false;
}

const char *
sense_too_many(const struct sensing *s, int max)
{
	return s->c && s->c->fields.n > (size_t)max
		   ? arena_fmt(s->a,
			 "a table has at most %d columns, and %s has %u", max,
			 s->c->slug, s->c->fields.n)
		   : NULL;
}

/* ------------------------------ of all items ------------------------------ */

/* Text that says nothing where it is empty, and that nothing else looks at. */
static const struct {
	unsigned short kind; /* 0: of all that have it */
	const char *option;
} filled[] = {
	{ 0, "check" },
	{ 0, "generated" },
	{ 0, "backfill" },
	{ 0, "using" },
	{ 0, "comment" },
	{ 0, "where" },
	{ 0, "method" },
	{ 0, "with" },
	{ 0, "with_check" },
	{ 0, "when" },
	{ 0, "bound" },
	{ 0, "version" },
	{ 0, "owned_by" },
	{ DEESSE_KIND_TEXT, "match" },
	{ DEESSE_KIND_SEQUENCE, "type" },
	{ DEESSE_KIND_DOMAIN_TYPE, "default_sql" },
	{ DEESSE_KIND_DOMAIN_TYPE, "collate" },
};

static bool
must_be_filled(const struct kind *k, const char *option)
{
	for (size_t i = 0; i < sizeof(filled) / sizeof(*filled); i++)
		if ((!filled[i].kind || filled[i].kind == k->kind) &&
		    !strcmp(filled[i].option, option))
			return true;
	return false;
}

static void
check_empty(const struct sensing *s)
{
	const struct kind *k = kind_of(s->item->kind);

	for (size_t i = 0; i < k->n; i++) {
		const struct option *o = &k->options[i];
		const char *text;

		if (o->type != OPTION_TEXT || o->argument)
			continue;
		memcpy(&text, (const char *)s->item + o->offset, sizeof(text));
		if (text && !*text && must_be_filled(k, o->name))
			tell(s->l, s->item, o->name,
			    ".%s is empty; leave it out", o->name);
	}
}

/* Options that hold SQL, beside the lists of columns and expressions. */
static const char *const sql_options[] = { "check", "generated", "backfill",
	"using", "default_sql", "where", "sql", "with_check", "when", "bound" };

static bool
holds_sql(const struct option *o)
{
	for (size_t i = 0; i < sizeof(sql_options) / sizeof(*sql_options); i++)
		if (!strcmp(sql_options[i], o->name))
			return true;
	return o->type == OPTION_PARTS;
}

/* What a text of SQL looks like as a whole. */
struct shape {
	bool bad, semicolon;
	int depth, least; /* of parentheses */
	struct token first, last;
};

static struct shape
shape_of(const struct sensing *s, const char *text)
{
	char *plain = arena_strdup(s->a, text);
	struct shape x = { 0 };
	struct lexer lexer;
	struct token t;

	/* what DESC and the like put in between */
	for (char *c = plain; *c; c++)
		if ((unsigned char)*c < ' ' && *c != '\n')
			*c = ' ';
	lex_init(&lexer, s->l->dialect, plain, strlen(plain));
	while (!x.bad && lex_next(&lexer, &t)) {
		bool op = t.kind == TOKEN_OP;

		x.bad = t.kind == TOKEN_BAD;
		x.depth += op && *t.at == '(';
		x.depth -= op && *t.at == ')';
		x.least = x.depth < x.least ? x.depth : x.least;
		x.semicolon |= token_is(&t, ";");
		x.first = x.first.len ? x.first : t;
		x.last = t;
	}
	lex_release(&lexer);
	return x;
}

/* Is it a word or operator that something must follow? */
static bool
wants_more(const struct token *t)
{
	static const char *const words[] = { "=", "==", "<>", "!=", "<", ">",
		"<=", ">=", "+", "-", "/", "||", ",", "(", "and", "or", "not",
		"in", "is", "like", "between" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (token_is(t, words[i]))
			return true;
	return false;
}

/* Says what keeps the text from being read as SQL, or NULL; `expression`: it
 * will stand inside a statement. */
static const char *
unreadable(const struct sensing *s, const char *text, bool expression)
{
	struct shape x = shape_of(s, text);

	/* one of the other dialect's operators is no quote */
	if (x.bad)
		return strpbrk(text, "'\"`[()$/-")
			   ? "a quote or a comment in it is not closed"
			   : NULL;
	if (x.depth || x.least)
		return "its parentheses do not match";
	if (!expression)
		return NULL;
	if (x.semicolon)
		return "it is one expression, and a semicolon ends it";
	if (token_is(&x.first, "select"))
		return "a query in an expression stands in parentheses";
	if (wants_more(&x.last))
		return arena_fmt(s->a, "nothing follows its last '%.*s'",
		    (int)x.last.len, x.last.at);
	return NULL;
}

static void
check_sql(const struct sensing *s, const struct option *o, const char *text)
{
	bool statement =
	    !strcmp(o->name, "sql") && s->item->kind != DEESSE_KIND_CHECK;
	const char *wrong;

	if (!text || (o->type == OPTION_PARTS && !strpbrk(text, "'\"`[()$/-")))
		return;
	wrong = unreadable(s, text, !statement && o->type != OPTION_PARTS);
	if (wrong)
		tell(s->l, s->item, o->argument ? NULL : o->name,
		    "the SQL%s%s cannot be read: %s",
		    o->argument ? "" : " of .", o->argument ? "" : o->name,
		    wrong);
}

static void
check_all_sql(const struct sensing *s)
{
	const struct kind *k = kind_of(s->item->kind);

	for (size_t i = 0; i < k->n; i++) {
		const struct option *o = &k->options[i];
		const char *const *texts =
		    (const void *)((const char *)s->item + o->offset);
		size_t n = o->type == OPTION_PARTS ? DEESSE_PARTS : 1;

		if (o->type != OPTION_TEXT && o->type != OPTION_PARTS)
			continue;
		for (size_t p = 0; p < n && texts[p] && holds_sql(o); p++)
			check_sql(s, o, texts[p]);
	}
}

/* An item for one dialect in a collection for the other is nowhere. */
static void
check_only(const struct sensing *s)
{
	static const char *const words[] = { NULL, "SQLITE", "POSTGRES" };
	enum deesse_only of = s->c ? s->c->from->head->only : 0;
	enum deesse_only own = item_only(s->item);

	if (of && own && of != own)
		tell(s->l, s->item, "only",
		    "COLLECTION(%s) is .only = %s, so .only = %s is nowhere",
		    s->c->slug, words[of], words[own]);
}

/* --------------------------------- running -------------------------------- */

static void
run(const struct sensing *s, const struct sense *rules)
{
	const char *wrong;

	for (; rules->wrong; rules++) {
		if (rules->kind ? rules->kind != s->item->kind : !s->f)
			continue;
		wrong = rules->wrong(s);
		if (wrong)
			tell(s->l, s->item, rules->option, "%s", wrong);
	}
}

/* Of what the dialect has not at all, nothing more is said. */
static bool
is_refused(const struct lowering *l, const struct deesse_item *item)
{
	for (const struct refusal *r = l->rules->refusals; r->why; r++)
		if (r->kind == item->kind && !r->option)
			return true;
	return false;
}

static void
look(
    struct lowering *l, const struct lowered *c, const struct deesse_item *item)
{
	struct sensing s = { l, &l->brief, c, item, NULL, NULL };
	size_t i = 0;

	if (c && item != c->item)
		check_only(&s);
	if (!item_here(l, item) || is_refused(l, item))
		return;
	while (c && i < c->fields.n && c->fields.v[i]->item != item)
		i++;
	if (c && i < c->fields.n) {
		s.f = c->fields.v[i];
		s.common = s.f->options;
	} else if (kind_of(item->kind)->field) {
		return; /* its name was wrong */
	}
	check_empty(&s);
	check_all_sql(&s);
	sense_columns(&s);
	run(&s, field_senses);
	run(&s, key_senses);
	run(&s, item_senses);
	for (i = 0; i < 2 && l->rules->senses[i]; i++)
		run(&s, l->rules->senses[i]);
}

/* What is lowered of an item of these depends on others, or their rules do. */
static const unsigned short looks_around[] = { DEESSE_KIND_FOREIGN_KEY,
	DEESSE_KIND_PARTITION_BY, DEESSE_KIND_POLICY, DEESSE_KIND_TRIGGER };

/* Has it SQL with a query, which is of other tables? */
static bool
queries(const struct deesse_item *item)
{
	const struct kind *k = kind_of(item->kind);

	for (size_t i = 0; i < k->n; i++) {
		const struct option *o = &k->options[i];
		const char *const *texts =
		    (const void *)((const char *)item + o->offset);
		size_t n = o->type == OPTION_PARTS  ? DEESSE_PARTS
			   : o->type == OPTION_TEXT ? 1
						    : 0;

		for (size_t p = 0; p < n && texts[p]; p++)
			if (strcasestr(texts[p], "select"))
				return true;
	}
	return false;
}

bool
sense_waits(const struct lowering *l, const struct lowered *c)
{
	if (c->parents.n)
		return true;
	for (size_t i = 0; i < c->from->n; i++) {
		const struct deesse_item *item = c->from->items[i];

		for (size_t k = 0;
		     k < sizeof(looks_around) / sizeof(*looks_around); k++)
			if (item->kind == looks_around[k])
				return true;
		if (item_here(l, item) && queries(item))
			return true;
	}
	return false;
}

void
sense_collection(struct lowering *l, const struct lowered *c)
{
	look(l, c, c->item);
	for (size_t k = 0; k < c->from->n; k++)
		look(l, c, c->from->items[k]);
}

void
lower_sense(struct lowering *l)
{
	const struct object_items *beside = &l->build->object.objects;

	for (size_t i = 0; i < l->all.n; i++) {
		if (l->all.v[i]->item)
			sense_collection(l, l->all.v[i]);
		arena_release(&l->brief);
	}
	for (size_t i = 0; i < beside->n; i++)
		look(l, NULL, beside->v[i]);
	for (size_t i = 0; i < l->stated.n; i++)
		sense_sql(l, &l->stated.v[i]);
}
