/* rights - who may do what, added up */
#include "sql/righting.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "sql/key.h"
#include "sql/quote.h"
#include "sql/reading.h"
#include "sql/routine.h"
#include "sql/say.h"

const char *const rights_privileges[PRIVILEGES] = { "SELECT", "INSERT",
	"UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN",
	"USAGE", "CREATE", "EXECUTE" };

#define OF_TABLES                                                              \
	(SELECT | INSERT | UPDATE | DELETE | TRUNCATE | REFERENCES | TRIGGER)
#define OF_COLUMNS (SELECT | INSERT | UPDATE | REFERENCES)

static const struct thing things[] = {
	{ "TABLE", "TABLES", OF_TABLES, 0 },
	{ "SEQUENCE", "SEQUENCES", SELECT | UPDATE | USAGE, 0 },
	{ "FUNCTION", "FUNCTIONS", EXECUTE, EXECUTE },
	{ "PROCEDURE", "ROUTINES", EXECUTE, EXECUTE },
	{ "TYPE", "TYPES", USAGE, USAGE },
	{ "SCHEMA", "SCHEMAS", USAGE | CREATE, 0 },
	{ "LANGUAGE", NULL, USAGE, USAGE },
	{ "FOREIGN DATA WRAPPER", NULL, USAGE, 0 },
	{ "FOREIGN SERVER", NULL, USAGE, 0 },
};
#define THINGS (sizeof(things) / sizeof(*things))

/* Words that mean the same as one of those. */
static const char *const same[][2] = { { "DOMAIN", "TYPE" },
	{ "VIEW", "TABLE" }, { "MATERIALIZED VIEW", "TABLE" },
	{ "FOREIGN TABLE", "TABLE" }, { "AGGREGATE", "FUNCTION" },
	{ "ROUTINE", "FUNCTION" }, { "SERVER", "FOREIGN SERVER" } };

struct grant {
	struct rights *r;
	bool gives, option_only, option, everything;
	unsigned privileges;
	struct column_rights columns;
	struct names roles;
	const char *before;
	bool defaults;
	bool in_schema; /* default privileges that only add */
};

static const struct thing *
thing_of(const char *word)
{
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		if (!strcmp(word, same[i][0]))
			word = same[i][1];
	for (size_t i = 0; i < THINGS; i++)
		if (!strcmp(word, things[i].word))
			return &things[i];
	return NULL;
}

/* -- adding up ------------------------------------------------------------ */

static struct right *
right_of(const struct grant *g, const struct thing *thing, const char *on,
    const char *role)
{
	struct rights *r = g->r;
	const char *key = arena_fmt(r->a, "%s%s to %s", g->before, on, role);
	struct right *x = map_get(&r->found, key);

	if (x)
		return x;
	x = arena_new(r->a, struct right);
	x->thing = thing;
	x->before = g->before;
	x->on = on;
	x->role = role;
	if (!strcmp(role, "PUBLIC") && !g->in_schema)
		x->anybody =
		    strcmp(on, "SCHEMA public") ? thing->anybody : USAGE;
	else if (!*g->before && r->owns && r->owns(r->owns_arg, on, role))
		x->anybody = thing->all;
	x->has = x->anybody;
	x->place = ++r->places;
	map_put(r->a, &r->found, key, x);
	vec_push(r->a, &r->all, x);
	return x;
}

static void
set_column(struct rights *r, struct right *x, const struct grant *g,
    const struct column_right *c)
{
	struct column_right *found = NULL;

	for (size_t i = 0; i < x->columns.n; i++)
		if (x->columns.v[i].privilege == c->privilege &&
		    !strcmp(x->columns.v[i].column, c->column))
			found = &x->columns.v[i];
	if (g->gives && !found) {
		vec_push(r->a, &x->columns, *c);
		found = &x->columns.v[x->columns.n - 1];
		found->option = false;
	}
	if (!found)
		return;
	if (g->gives)
		found->option |= g->option;
	else if (g->option_only)
		found->option = false;
	else
		*found = x->columns.v[--x->columns.n];
}

/* What is taken of the table is taken of its columns, too. */
void
right_take_columns(struct right *x, unsigned what)
{
	size_t n = 0;

	for (size_t i = 0; i < x->columns.n; i++)
		if (!(x->columns.v[i].privilege & what))
			x->columns.v[n++] = x->columns.v[i];
	x->columns.n = n;
}

static void
apply(const struct grant *g, struct right *x)
{
	unsigned what = g->everything ? x->thing->all : g->privileges;

	if (g->gives) {
		if (!x->given)
			x->place = ++g->r->places;
		x->given = true;
		x->has |= what;
		x->option |= g->option ? what : 0;
	} else {
		x->option &= ~what;
		x->shut |= g->everything && !g->option_only;
		if (!g->option_only) {
			/* ALL is also what a later version has */
			x->has &= g->everything ? 0 : ~what;
			right_take_columns(x, what);
		}
	}
	for (size_t i = 0; i < g->columns.n; i++)
		set_column(g->r, x, g, &g->columns.v[i]);
}

static void
apply_to_roles(const struct grant *g, const struct thing *thing, const char *on,
    const char *schema, const char *about)
{
	for (size_t i = 0; i < g->roles.n; i++) {
		struct right *x = right_of(g, thing, on, g->roles.v[i]);

		x->schema = schema;
		x->about = about;
		x->source = g->r->source;
		apply(g, x);
	}
}

void
rights_on(const struct grant *g, const char *word, const char *schema,
    const char *name, const char *signature)
{
	const struct thing *thing = thing_of(word);
	struct buf b = { 0 };

	if (!thing)
		return;
	buf_fmt(&b, "%s ", thing->word);
	sql_qualified(&b, g->r->d, schema, name);
	if (signature)
		buf_fmt(&b, "(%s)", signature);
	apply_to_roles(g, thing, buf_take(&b, g->r->a), schema, name);
}

static const char no_role[] =
    "rights are granted ON something TO somebody; who belongs to which role "
    "is not kept here";

/* -- reading -------------------------------------------------------------- */

static bool
refuse(const char **why, const char *reason)
{
	*why = reason;
	return false;
}

static unsigned
privilege_at(const struct reading *r)
{
	for (size_t i = 0; i < PRIVILEGES; i++)
		if (words_at(r, r->at, rights_privileges[i]))
			return 1u << i;
	return 0;
}

/* Reads (a, b) behind privileges. */
static void
read_columns(struct reading *r, struct grant *g, unsigned which)
{
	while (!accept_token(r, ")") && peek(r, 0)->kind != TOKEN_END) {
		const char *column =
		    sql_unquote(r->a, r->d, peek(r, 0)->at, peek(r, 0)->len);

		for (unsigned p = 1; p <= which; p <<= 1)
			if (p & which)
				vec_push(r->a, &g->columns,
				    (struct column_right){ p, column, false });
		r->at++;
		accept_token(r, ",");
	}
}

static bool
read_privileges(struct reading *r, struct grant *g, const char **why)
{
	do {
		unsigned one = privilege_at(r);
		bool all = token_is(peek(r, 0), "all");

		if (!one && !all)
			return refuse(why, no_role);
		r->at++;
		if (all)
			accept_token(r, "privileges");
		if (accept_token(r, "("))
			read_columns(r, g, all ? OF_COLUMNS : one);
		else if (all)
			g->everything = true;
		else
			g->privileges |= one;
	} while (accept_token(r, ","));
	return true;
}

static bool
read_roles(struct reading *r, struct grant *g, const char **why)
{
	if (!accept_token(r, g->gives ? "to" : "from"))
		return refuse(why, g->gives ? "it says nobody: TO …"
					    : "it says nobody: FROM …");
	do {
		struct buf b = { 0 };
		const struct token *t;

		accept_token(r, "group");
		t = peek(r, 0);
		if (!token_names(t))
			return refuse(why, "the name of a role is missing");
		if (token_is(t, "public"))
			buf_puts(&b, "PUBLIC");
		else if (token_is(t, "current_user") ||
			 token_is(t, "current_role") ||
			 token_is(t, "session_user"))
			buf_puts(&b, "CURRENT_USER");
		else
			sql_ident(
			    &b, r->d, sql_unquote(r->a, r->d, t->at, t->len));
		vec_push(r->a, &g->roles, buf_take(&b, r->a));
		r->at++;
	} while (accept_token(r, ","));
	g->option = g->gives && accept_words(r, "with grant option");
	if (accept_words(r, "granted by"))
		r->at++;
	accept_token(r, "cascade");
	accept_token(r, "restrict");
	return r->at >= r->tokens.n ||
	       refuse(why, "it goes on after the roles");
}

/* One of the things, between ON and TO. */
static bool
read_thing(const struct reading *r, const struct grant *g, size_t from,
    const char *kind, const char **why)
{
	const struct thing *thing;
	struct reading one;
	struct subject s;
	const char *text, *on;

	/* in the words of COMMENT ON, which say the kind each time */
	text = arena_fmt(r->a, "%s %s", kind, cut(r, from, r->at));
	reading_init(&one, r->a, r->d, text, strlen(text));
	if (!subject_read(&one, 0, &s, why) || s.end != one.tokens.n)
		return refuse(why, "the name of what it is about is missing");
	thing = thing_of(s.word);
	if (!thing)
		return refuse(why,
		    "rights are kept of tables, sequences, functions, types, "
		    "schemas, languages and foreign servers");
	on = arena_fmt(r->a, "%s%s", thing->word, s.text + strlen(s.word));
	apply_to_roles(g, thing, on, s.schema, s.about);
	return true;
}

/* Returns the word of the kind at the cursor, and steps over it. */
static const char *
read_kind(struct reading *r)
{
	static const char *const words[] = { "TABLE", "SEQUENCE", "FUNCTION",
		"PROCEDURE", "ROUTINE", "TYPE", "DOMAIN", "SCHEMA", "LANGUAGE",
		"FOREIGN DATA WRAPPER", "FOREIGN SERVER" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (accept_words(r, words[i]))
			return words[i];
	return "TABLE";
}

static bool
read_all_in(struct reading *r, const struct grant *g, rights_each *each,
    void *arg, size_t end, const char **why)
{
	static const char *const plurals[][2] = { { "tables", "TABLE" },
		{ "sequences", "SEQUENCE" }, { "functions", "FUNCTION" },
		{ "procedures", "PROCEDURE" }, { "routines", "ROUTINE" } };
	const char *kind = NULL;

	for (size_t i = 0; i < 5; i++)
		if (accept_token(r, plurals[i][0]))
			kind = plurals[i][1];
	if (!kind || !each || !accept_words(r, "in schema"))
		return refuse(why, "it says ALL TABLES IN SCHEMA …");
	while (r->at < end) {
		const char *none, *name = NULL;

		if (!read_name(r, &none, &name))
			return refuse(why, "the name of a schema is missing");
		each(arg, g, kind, name);
		accept_token(r, ",");
	}
	return true;
}

static bool
read_things(struct reading *r, const struct grant *g, rights_each *each,
    void *arg, size_t end, const char **why)
{
	const char *kind;
	size_t from;

	if (accept_token(r, "all"))
		return read_all_in(r, g, each, arg, end, why);
	kind = read_kind(r);
	for (from = r->at; from < end; from = r->at + 1) {
		r->at = find_word(r, from, ",");
		if (r->at > end)
			r->at = end;
		if (!read_thing(r, g, from, kind, why))
			return false;
	}
	return true;
}

static bool
read_plural(struct reading *r, const struct grant *g, const char **why)
{
	for (size_t i = 0; i < THINGS; i++) {
		const struct thing *t = &things[i];

		if (!t->plural || !accept_words(r, t->plural))
			continue;
		if (!strcmp(t->plural, "ROUTINES"))
			t = &things[2];
		apply_to_roles(g, t, t->plural, NULL, NULL);
		return true;
	}
	return refuse(why, "it says ON TABLES, ON FUNCTIONS, …");
}

/* GRANT or REVOKE, from the cursor on. */
static bool
read_grant(struct reading *r, struct grant *g, rights_each *each, void *arg,
    const char **why)
{
	size_t on, whom;

	g->gives = accept_token(r, "grant");
	if (!g->gives && !accept_token(r, "revoke"))
		return refuse(why, "ALTER DEFAULT PRIVILEGES says GRANT or "
				   "REVOKE");
	g->option_only = !g->gives && accept_words(r, "grant option for");
	if (!read_privileges(r, g, why))
		return false;
	if (!accept_token(r, "on"))
		return refuse(why, no_role);
	on = r->at;
	whom = find_word(r, on, g->gives ? "to" : "from");
	r->at = whom;
	if (!read_roles(r, g, why))
		return false;
	r->at = on;
	return g->defaults ? read_plural(r, g, why)
			   : read_things(r, g, each, arg, whom, why);
}

/* ALTER DEFAULT PRIVILEGES: what stands before GRANT, once for each role and
 * schema. */
static bool
read_defaults(struct reading *r, struct rights *all, const char **why)
{
	struct names roles = { 0 }, schemas = { 0 };
	size_t body;

	while (
	    !token_is(peek(r, 0), "grant") && !token_is(peek(r, 0), "revoke")) {
		bool role =
		    accept_words(r, "for role") || accept_words(r, "for user");

		if (!role && !accept_words(r, "in schema"))
			return refuse(why,
			    "ALTER DEFAULT PRIVILEGES says GRANT or REVOKE");
		do {
			struct buf b = { 0 };
			const char *none, *name = "";

			if (!read_name(r, &none, &name))
				return refuse(why, "a name is missing");
			buf_puts(&b, role ? "FOR ROLE " : "IN SCHEMA ");
			sql_ident(&b, r->d, name);
			buf_putc(&b, ' ');
			vec_push(
			    r->a, role ? &roles : &schemas, buf_take(&b, r->a));
		} while (accept_token(r, ","));
	}
	body = r->at;
	for (size_t i = 0; i < (roles.n ? roles.n : 1); i++)
		for (size_t k = 0; k < (schemas.n ? schemas.n : 1); k++) {
			struct grant g = { .r = all,
				.defaults = true,
				.in_schema = schemas.n > 0 };

			g.before =
			    arena_fmt(r->a, "ALTER DEFAULT PRIVILEGES %s%s",
				roles.n ? roles.v[i] : "",
				schemas.n ? schemas.v[k] : "");
			r->at = body;
			if (!read_grant(r, &g, NULL, NULL, why))
				return false;
		}
	return true;
}

bool
rights_add(struct rights *all, const struct statement *s, rights_each *each,
    void *arg, const char **why)
{
	struct reading r;
	struct grant g = { .r = all, .before = "" };

	*why = NULL;
	reading_init(&r, all->a, all->d, s->text, s->len);
	if (accept_words(&r, "alter default privileges"))
		return read_defaults(&r, all, why);
	if (!words_at(&r, 0, "grant") && !words_at(&r, 0, "revoke"))
		return false;
	return read_grant(&r, &g, each, arg, why);
}
