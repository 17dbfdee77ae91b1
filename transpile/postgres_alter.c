/* postgres_alter - from one text of an object to another, without dropping it
 *
 * What CREATE says is read as clauses, a keyword and what follows it up to the
 * next; each clause that differs has its ALTER. A clause that is no longer said
 * means the default again.
 */
#include "transpile/altering.h"

#include <stdlib.h>

#include "base/text.h"
#include "sql/define.h"
#include "sql/key.h"
#include "sql/quote.h"
#include "sql/rights.h"

#define D DIALECT_POSTGRES

/* Returns which of the words the tokens begin with, and how many words it has;
 * the longest of a list goes first. */
static const char *
word_at(const struct token *t, size_t n, const char *const *words, size_t *used)
{
	for (; *words; words++) {
		const char *w = *words;
		size_t i = 0;

		while (i < n && *w) {
			size_t len = strcspn(w, " ");
			char one[32];

			snprintf(one, sizeof(one), "%.*s", (int)len, w);
			if (!token_is(&t[i], one))
				break;
			i++;
			w += len + (w[len] == ' ');
		}
		*used = i;
		if (!*w)
			return *words;
	}
	return NULL;
}

void
altering_add(struct altering *x, struct clauses *to, const char *word,
    const struct token *from, const struct token *end)
{
	struct clause c = { .word = word, .value = "" };
	const struct token *last = end - 1;

	if (end > from)
		c.value = arena_strndup(
		    x->a, from->at, (size_t)(last->at + last->len - from->at));
	c.key = sql_key(x->a, D, c.value);
	vec_push(x->a, to, c);
}

/* Reads what stands behind the name. */
static struct tokens
read_rest(struct altering *x, const struct object *o)
{
	struct tokens t = { 0 };
	struct definition def;
	struct statement s = { .text = o->sql.text,
		.len = strlen(o->sql.text) };
	const char *why;
	struct lexer l;
	struct token one;

	if (!sql_define(x->a, D, &s, object_traits(o->kind)->word, &def, &why))
		return t;
	lex_init(&l, D, def.rest, strlen(def.rest));
	while (lex_next(&l, &one))
		vec_push(x->a, &t, one);
	lex_release(&l);
	return t;
}

static struct clauses
read_clauses(
    struct altering *x, const struct object *o, const char *const *words)
{
	struct clauses all = { 0 };
	struct tokens t = read_rest(x, o);
	const char *word = "";
	size_t from = 0, used;
	int depth = 0;

	for (size_t i = 0; i < t.n; i++) {
		const char *next =
		    depth ? NULL : word_at(&t.v[i], t.n - i, words, &used);

		depth += token_is(&t.v[i], "(") - token_is(&t.v[i], ")");
		if (!next)
			continue;
		altering_add(x, &all, word, &t.v[from], &t.v[i]);
		word = next;
		from = i + used;
		i += used - 1;
	}
	if (t.n)
		altering_add(x, &all, word, &t.v[from], &t.v[t.n]);
	return all;
}

const struct clause *
clauses_find(const struct clauses *all, const char *word)
{
	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(all->v[i].word, word))
			return &all->v[i];
	return NULL;
}

bool
altering_differs(const struct altering *x, const char *word)
{
	const struct clause *a = clauses_find(&x->was, word),
			    *b = clauses_find(&x->is, word);

	if (!a || !b)
		return a != b;
	return strcmp(a->key, b->key) != 0;
}

void
altering_begin(struct altering *x)
{
	buf_fmt(&x->b, "ALTER %s ", object_traits(x->to->kind)->word);
	sql_qualified(&x->b, D, x->to->schema, x->to->name);
}

void
altering_end(struct altering *x)
{
	vec_push(x->a, x->out, arena_strndup(x->a, buf_str(&x->b), x->b.len));
	buf_cut(&x->b, 0);
}

/* -- sequences ------------------------------------------------------------ */

static const char *const sequence_words[] = { "as", "increment by", "increment",
	"no minvalue", "minvalue", "no maxvalue", "maxvalue", "start with",
	"start", "cache", "no cycle", "cycle", "owned by", NULL };

/* Every way to say an option, and what it is when nobody does. */
static const struct option {
	const char *words[3], *unsaid;
} sequence_options[] = {
	{ { "as" }, "AS bigint" },
	{ { "increment by", "increment" }, "INCREMENT BY 1" },
	{ { "minvalue", "no minvalue" }, "NO MINVALUE" },
	{ { "maxvalue", "no maxvalue" }, "NO MAXVALUE" },
	{ { "start with", "start" }, NULL },
	{ { "cache" }, "CACHE 1" },
	{ { "cycle", "no cycle" }, "NO CYCLE" },
	{ { "owned by" }, "OWNED BY NONE" },
};

/* A sequence starts at its end: the least, or the greatest where it counts
 * down. */
static const char *
start_of(struct arena *a, const struct clauses *all)
{
	const struct clause *by = clauses_find(all, "increment by"), *end_;

	by = by ? by : clauses_find(all, "increment");
	if (by && *by->value == '-')
		end_ = clauses_find(all, "maxvalue");
	else
		end_ = clauses_find(all, "minvalue");
	return arena_fmt(a, "START WITH %s",
	    end_                      ? end_->value
	    : by && *by->value == '-' ? "-1"
				      : "1");
}

static const char *
option_of(
    struct arena *a, const struct clauses *all, const struct option *option)
{
	const char *unsaid = option->unsaid ? option->unsaid : start_of(a, all);

	for (size_t i = 0; i < 3 && option->words[i]; i++) {
		const struct clause *c = clauses_find(all, option->words[i]);
		char *text;

		if (!c)
			continue;
		text = arena_fmt(
		    a, "%s%s%s", c->word, *c->value ? " " : "", c->value);
		for (char *p = text; p < text + strlen(c->word); p++)
			if (*p >= 'a' && *p <= 'z')
				*p = (char)(*p - ('a' - 'A'));
		return text;
	}
	return unsaid;
}

/* What a sequence may give, and where it begins. */
struct range {
	int64_t least, greatest;
	bool down;
	const char *start; /* "START WITH 1" */
};

static bool
number_of(struct arena *a, const struct clause *c, int64_t *n)
{
	char *digits, *to;

	if (!c || !*c->value)
		return false;
	digits = to = arena_strdup(a, c->value);
	for (const char *p = c->value; *p; p++)
		if (*p != ' ')
			*to++ = *p;
	*to = '\0';
	*n = strtoll(digits, NULL, 10);
	return true;
}

static struct range
range_of(struct arena *a, const struct clauses *all)
{
	const struct clause *as = clauses_find(all, "as"), *by;
	struct range r = { .start = option_of(a, all, &sequence_options[4]) };
	int64_t most = INT64_MAX, number;

	if (as && text_same_nocase(as->value, "integer"))
		most = INT32_MAX;
	if (as && text_same_nocase(as->value, "smallint"))
		most = INT16_MAX;
	by = clauses_find(all, "increment by");
	by = by ? by : clauses_find(all, "increment");
	r.down = by && *by->value == '-';
	r.least = r.down ? -most - 1 : 1;
	r.greatest = r.down ? -1 : most;
	if (number_of(a, clauses_find(all, "minvalue"), &number))
		r.least = number;
	if (number_of(a, clauses_find(all, "maxvalue"), &number))
		r.greatest = number;
	return r;
}

/* A sequence that stands where it may not stand any more goes to where the new
 * range begins; if it has passed its end, to that end: no number is given
 * twice. For that the range holds both for a while. */
static void
catch_up(struct altering *x, const struct range *was, const struct range *is)
{
	int64_t least = was->least < is->least ? was->least : is->least;
	int64_t greatest =
	    was->greatest > is->greatest ? was->greatest : is->greatest;
	struct buf name = { 0 };

	if (least != was->least || greatest != was->greatest) {
		altering_begin(x);
		buf_fmt(&x->b, " MINVALUE %lld MAXVALUE %lld", (long long)least,
		    (long long)greatest);
		altering_end(x);
	}
	sql_qualified(&name, D, x->to->schema, x->to->name);
	buf_puts(&x->b, "SELECT pg_catalog.setval(");
	sql_literal(&x->b, D, buf_str(&name));
	buf_fmt(&x->b,
	    ", CASE WHEN NOT is_called THEN %s WHEN last_value %s THEN %lld "
	    "ELSE %lld END, is_called AND NOT last_value %s) FROM %s WHERE "
	    "last_value NOT BETWEEN %lld AND %lld",
	    is->start + strlen("START WITH "),
	    is->down ? arena_fmt(x->a, "> %lld", (long long)is->greatest)
		     : arena_fmt(x->a, "< %lld", (long long)is->least),
	    (long long)(is->down ? is->greatest : is->least),
	    (long long)(is->down ? is->least : is->greatest),
	    is->down ? arena_fmt(x->a, "> %lld", (long long)is->greatest)
		     : arena_fmt(x->a, "< %lld", (long long)is->least),
	    buf_str(&name), (long long)is->least, (long long)is->greatest);
	buf_release(&name);
	altering_end(x);
}

static bool
alter_sequence(struct altering *x)
{
	struct range then = range_of(x->a, &x->was),
		     now = range_of(x->a, &x->is);
	bool narrows = now.least > then.least || now.greatest < then.greatest;
	size_t before;

	if (narrows)
		catch_up(x, &then, &now);
	altering_begin(x);
	before = x->b.len;
	for (size_t i = 0;
	     i < sizeof(sequence_options) / sizeof(*sequence_options); i++) {
		const struct option *o = &sequence_options[i];
		const char *was = option_of(x->a, &x->was, o);
		const char *is = option_of(x->a, &x->is, o);

		/* what is not said depends on type and direction */
		if (strcmp(sql_key(x->a, D, was), sql_key(x->a, D, is)) != 0 ||
		    ((narrows || then.down != now.down) &&
			strstr(o->words[0], "value")))
			buf_fmt(&x->b, " %s", is);
	}
	if (x->b.len > before)
		altering_end(x);
	return true;
}

/* -- domains -------------------------------------------------------------- */

static const char *const domain_words[] = { "default", "not null", "null",
	"constraint", "check", "collate", NULL };

/* Puts `constraint name` and the check that follows it together, and gives the
 * others the name that the server gives them. */
static struct clauses
name_checks(struct altering *x, const struct clauses *all)
{
	struct clauses out = { 0 };
	const char *name = NULL;
	int n = 0;

	for (size_t i = 0; i < all->n; i++) {
		struct clause c = all->v[i];

		if (!strcmp(c.word, "constraint")) {
			name = sql_unquote(x->a, D, c.value, strlen(c.value));
			continue;
		}
		if (!strcmp(c.word, "check")) {
			c.name = name;
			if (!name && !n++)
				c.name =
				    arena_fmt(x->a, "%s_check", x->to->name);
			else if (!name)
				c.name = arena_fmt(
				    x->a, "%s_check%d", x->to->name, n - 1);
		}
		name = NULL;
		vec_push(x->a, &out, c);
	}
	return out;
}

static bool
has_check(const struct clauses *all, const struct clause *check)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].name && !strcmp(all->v[i].name, check->name) &&
		    !strcmp(all->v[i].key, check->key))
			return true;
	return false;
}

static void
alter_checks(struct altering *x)
{
	for (size_t i = 0; i < x->was.n; i++) {
		const struct clause *c = &x->was.v[i];

		if (!c->name || has_check(&x->is, c))
			continue;
		altering_begin(x);
		buf_puts(&x->b, " DROP CONSTRAINT ");
		sql_ident(&x->b, D, c->name);
		altering_end(x);
	}
	for (size_t i = 0; i < x->is.n; i++) {
		const struct clause *c = &x->is.v[i];

		if (!c->name || has_check(&x->was, c))
			continue;
		altering_begin(x);
		buf_puts(&x->b, " ADD CONSTRAINT ");
		sql_ident(&x->b, D, c->name);
		buf_fmt(&x->b, " CHECK %s", c->value);
		altering_end(x);
	}
}

static bool
alter_domain(struct altering *x)
{
	const struct clause *value;

	x->was = name_checks(x, &x->was);
	x->is = name_checks(x, &x->is);
	if (altering_differs(x, "") || altering_differs(x, "collate"))
		return false;
	if (altering_differs(x, "default")) {
		value = clauses_find(&x->is, "default");
		altering_begin(x);
		buf_fmt(&x->b, value ? " SET DEFAULT %s" : " DROP DEFAULT",
		    value ? value->value : "");
		altering_end(x);
	}
	if (altering_differs(x, "not null")) {
		altering_begin(x);
		buf_fmt(&x->b, " %s NOT NULL",
		    clauses_find(&x->is, "not null") ? "SET" : "DROP");
		altering_end(x);
	}
	alter_checks(x);
	return true;
}

/* -- composite types ------------------------------------------------------ */

/* Reads AS (name type, …): a clause each, whose word is the name. */
static bool
read_attributes(struct altering *x, const struct object *o, struct clauses *out)
{
	struct tokens t = read_rest(x, o);
	size_t from = 2;
	int depth = 0;

	if (t.n < 3 || !token_is(&t.v[0], "as") || !token_is(&t.v[1], "("))
		return false;
	for (size_t i = 2; i < t.n; i++) {
		const struct token *name = &t.v[from];

		if (!depth &&
		    (token_is(&t.v[i], ",") || token_is(&t.v[i], ")"))) {
			if (i > from)
				altering_add(x, out,
				    sql_unquote(x->a, D, name->at, name->len),
				    name + 1, &t.v[i]);
			from = i + 1;
		}
		depth += token_is(&t.v[i], "(") - token_is(&t.v[i], ")");
	}
	return true;
}

static void
alter_attribute(struct altering *x, const char *verb, const char *name,
    const char *before, const char *type)
{
	altering_begin(x);
	buf_fmt(&x->b, " %s ATTRIBUTE ", verb);
	sql_ident(&x->b, D, name);
	buf_fmt(&x->b, "%s%s", before, type);
	altering_end(x);
}

/* Attributes stand in an order, in which values are written, and a new one can
 * come last only. */
static bool
alter_composite(struct altering *x)
{
	size_t at = 0;

	if (!read_attributes(x, x->from, &x->was) ||
	    !read_attributes(x, x->to, &x->is))
		return false;
	for (size_t i = 0; i < x->was.n; i++) {
		const struct clause *c = &x->was.v[i];

		if (!clauses_find(&x->is, c->word))
			alter_attribute(x, "DROP", c->word, "", "");
		else if (strcmp(x->is.v[at++].word, c->word) != 0)
			return false;
	}
	for (size_t i = 0; i < x->is.n; i++) {
		const struct clause *c = &x->is.v[i];

		if (!clauses_find(&x->was, c->word))
			alter_attribute(x, "ADD", c->word, " ", c->value);
		else if (altering_differs(x, c->word))
			alter_attribute(
			    x, "ALTER", c->word, " TYPE ", c->value);
	}
	return true;
}

/* -- extensions ----------------------------------------------------------- */

static const char *const extension_words[] = { "with", "schema", "version",
	"cascade", NULL };

static bool
alter_extension(struct altering *x)
{
	const struct clause *schema = clauses_find(&x->is, "schema");
	const struct clause *version = clauses_find(&x->is, "version");

	/* there are scripts to newer versions only */
	if (version && clauses_find(&x->was, "version") &&
	    strverscmp(clauses_find(&x->was, "version")->key, version->key) > 0)
		return false;
	if (altering_differs(x, "schema")) {
		altering_begin(x);
		buf_fmt(
		    &x->b, " SET SCHEMA %s", schema ? schema->value : "public");
		altering_end(x);
	}
	if (version && altering_differs(x, "version")) {
		altering_begin(x);
		buf_fmt(&x->b, " UPDATE TO %s", version->value);
		altering_end(x);
	}
	return true;
}

/* -- rights --------------------------------------------------------------- */

static bool
alter_rights(struct altering *x)
{
	rights_change(x->a, D, x->out, x->from->sql.text, x->to->sql.text);
	return true;
}

static const char *const no_words[] = { NULL };

static const struct {
	const char *const *words; /* NULL: its text has no clauses */
	bool (*alter)(struct altering *x);
} kinds[OBJECT_KIND_COUNT] = {
	[OBJECT_GRANT] = { NULL, alter_rights },
	[OBJECT_DEFAULT_PRIVILEGES] = { NULL, alter_rights },
	[OBJECT_TYPE] = { NULL, alter_composite },
	[OBJECT_SEQUENCE] = { sequence_words, alter_sequence },
	[OBJECT_DOMAIN] = { domain_words, alter_domain },
	[OBJECT_EXTENSION] = { extension_words, alter_extension },
	[OBJECT_SERVER] = { altering_server_words, altering_server },
	[OBJECT_TEXT_SEARCH_DICTIONARY] = { no_words, altering_dictionary },
};

bool
postgres_alter_object(struct arena *a, struct names *out,
    const struct object *from, const struct object *to)
{
	struct altering x = { .a = a, .out = out, .from = from, .to = to };
	bool ok;

	if (!kinds[to->kind].alter)
		return false;
	if (kinds[to->kind].words) {
		x.was = read_clauses(&x, from, kinds[to->kind].words);
		x.is = read_clauses(&x, to, kinds[to->kind].words);
	}
	ok = kinds[to->kind].alter(&x);
	buf_release(&x.b);
	return ok;
}
