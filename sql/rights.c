/* rights - who may do what, added up */
#include "sql/rights.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "sql/key.h"
#include "sql/quote.h"
#include "sql/reading.h"
#include "sql/routine.h"
#include "sql/say.h"

/* In the order in which they are said. */
static const char *const privileges[] = { "SELECT", "INSERT", "UPDATE",
	"DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN", "USAGE",
	"CREATE", "EXECUTE" };
#define PRIVILEGES (sizeof(privileges) / sizeof(*privileges))

enum {
	SELECT = 1,
	INSERT = 2,
	UPDATE = 4,
	DELETE = 8,
	TRUNCATE = 16,
	REFERENCES = 32,
	TRIGGER = 64,
	MAINTAIN = 128,
	USAGE = 256,
	CREATE = 512,
	EXECUTE = 1024
};

#define OF_TABLES                                                              \
	(SELECT | INSERT | UPDATE | DELETE | TRUNCATE | REFERENCES | TRIGGER)
#define OF_COLUMNS (SELECT | INSERT | UPDATE | REFERENCES)

/* What can be done with each kind, and what everybody may. The second word is
 * that of default privileges. */
static const struct thing {
	const char *word, *plural;
	unsigned all, anybody;
} things[] = {
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

/* A privilege on some columns only. */
struct column_right {
	unsigned privilege;
	const char *column;
	bool option;
};
VEC(column_rights, struct column_right);

struct right {
	const struct thing *thing;
	const char *before; /* "ALTER DEFAULT PRIVILEGES IN SCHEMA s ", or "" */
	const char *on;     /* "TABLE posts", "TABLES" */
	const char *schema, *about;
	const char *role;
	unsigned anybody; /* what the role has anyway */
	unsigned has, option;
	struct column_rights columns;
	size_t place; /* among all: where it was given first */
	bool given;
	const void *source;
};

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

static const char *
taken(struct arena *a, struct buf *b)
{
	const char *text = arena_strndup(a, buf_str(b), b->len);

	buf_release(b);
	return text;
}

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
static void
take_columns(struct right *x, unsigned what)
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
		if (!g->option_only) {
			/* ALL is also what a later version has */
			x->has &= g->everything ? 0 : ~what;
			take_columns(x, what);
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
	apply_to_roles(g, thing, taken(g->r->a, &b), schema, name);
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
		if (words_at(r, r->at, privileges[i]))
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
		vec_push(r->a, &g->roles, taken(r->a, &b));
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
			    r->a, role ? &roles : &schemas, taken(r->a, &b));
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

/* -- saying --------------------------------------------------------------- */

static int
by_column(const void *a, const void *b)
{
	const struct column_right *x = a, *y = b;

	if (x->privilege != y->privilege)
		return x->privilege < y->privilege ? -1 : 1;
	return strcmp(x->column, y->column);
}

/* Adds the privileges, and those on columns that have the option or not. */
static void
add_privileges(struct buf *b, enum dialect d, const struct right *x,
    unsigned what, bool columns, bool option)
{
	const char *comma = "";
	unsigned last = 0;

	if (what == x->thing->all && what & (what - 1)) {
		buf_puts(b, "ALL");
		comma = ", ";
	} else {
		for (size_t i = 0; i < PRIVILEGES; i++)
			if (what >> i & 1) {
				buf_fmt(b, "%s%s", comma, privileges[i]);
				comma = ", ";
			}
	}
	for (size_t i = 0; columns && i < x->columns.n; i++) {
		const struct column_right *c = &x->columns.v[i];

		if (c->option != option)
			continue;
		if (c->privilege == last) {
			buf_puts(b, ", ");
		} else {
			size_t k = 0;

			while (c->privilege >> k != 1)
				k++;
			buf_fmt(b, "%s%s%s (", last ? ")" : "", comma,
			    privileges[k]);
		}
		comma = ", ";
		last = c->privilege;
		sql_ident(b, d, c->column);
	}
	if (last)
		buf_putc(b, ')');
}

static const char *
statement(const struct rights *r, const struct right *x, bool gives,
    unsigned what, bool columns, bool option)
{
	struct buf b = { 0 };

	buf_fmt(&b, "%s%s ", x->before, gives ? "GRANT" : "REVOKE");
	add_privileges(&b, r->d, x, what, columns, option);
	buf_fmt(&b, " ON %s %s %s%s", x->on, gives ? "TO" : "FROM", x->role,
	    gives && option ? " WITH GRANT OPTION" : "");
	return taken(r->a, &b);
}

static void
say_one(const struct rights *r, const struct right *x, bool gives,
    unsigned what, bool columns, bool option, struct rights_sayings *out)
{
	struct rights_saying s = { .schema = x->schema,
		.about = x->about,
		.source = x->source,
		.defaults = *x->before != '\0' };

	s.text = statement(r, x, gives, what, columns, option);
	s.key = routine_key(r->a, r->d, s.text);
	s.drop = statement(r, x, !gives, what, columns, option);
	s.name = routine_key(r->a, r->d,
	    arena_fmt(r->a, "%s%s ON %s %s %s%s", x->before,
		gives ? "GRANT" : "REVOKE", x->on, gives ? "TO" : "FROM",
		x->role, option ? " WITH GRANT OPTION" : ""));
	vec_push(r->a, out, s);
}

/* As they were given, which is how the server keeps them. */
static int
by_place(const void *a, const void *b)
{
	const struct right *x = *(struct right *const *)a;
	const struct right *y = *(struct right *const *)b;

	return x->place < y->place ? -1 : x->place > y->place;
}

static bool
has_columns(const struct right *x, bool option)
{
	for (size_t i = 0; i < x->columns.n; i++)
		if (x->columns.v[i].option == option)
			return true;
	return false;
}

void
rights_say(const struct rights *r, struct rights_sayings *out)
{
	struct right_list all = { 0 };

	for (size_t i = 0; i < r->all.n; i++)
		vec_push(r->a, &all, r->all.v[i]);
	if (all.n)
		qsort(all.v, all.n, sizeof(*all.v), by_place);
	for (size_t i = 0; i < all.n; i++) {
		const struct right *x = all.v[i];
		unsigned given = x->has & ~x->anybody & ~x->option;
		unsigned lost = x->anybody & ~x->has;

		if (x->columns.n)
			qsort(x->columns.v, x->columns.n, sizeof(*x->columns.v),
			    by_column);
		if (lost)
			say_one(r, x, false, lost, false, false, out);
		if (given || has_columns(x, false))
			say_one(r, x, true, given, true, false, out);
		if (x->option || has_columns(x, true))
			say_one(r, x, true, x->option, true, true, out);
	}
}

/* What x has beyond y. */
static struct right
beyond(struct arena *a, const struct right *x, const struct right *y)
{
	struct right rest = *x;

	rest.has &= ~y->has;
	rest.option &= ~y->option;
	rest.columns = (struct column_rights){ 0 };
	for (size_t i = 0; i < x->columns.n; i++) {
		const struct column_right *c = &x->columns.v[i];
		bool has = false;

		for (size_t k = 0; k < y->columns.n; k++)
			has |= y->columns.v[k].privilege == c->privilege &&
			       y->columns.v[k].option == c->option &&
			       !strcmp(y->columns.v[k].column, c->column);
		if (!has)
			vec_push(a, &rest.columns, *c);
	}
	if (rest.columns.n)
		qsort(rest.columns.v, rest.columns.n, sizeof(*rest.columns.v),
		    by_column);
	return rest;
}

static void
add_change(const struct rights *r, const struct right *x, bool gives,
    struct names *out)
{
	bool option = x->option || has_columns(x, true);

	if (x->has || x->columns.n)
		vec_push(
		    r->a, out, statement(r, x, gives, x->has, true, option));
}

/* What is said to be lost, was there. */
static bool
lost(void *arg, const char *on, const char *role)
{
	(void)arg;
	(void)on;
	(void)role;
	return true;
}

void
rights_change(struct arena *a, enum dialect d, struct names *out,
    const char *from, const char *to)
{
	bool revokes = text_starts(from, "REVOKE ");
	struct rights was = { .a = a, .d = d, .owns = revokes ? lost : NULL };
	struct rights is = was;
	struct statement x = { .text = from, .len = strlen(from) };
	struct statement y = { .text = to, .len = strlen(to) };
	struct right less, more;
	const char *why;

	if (!rights_add(&was, &x, NULL, NULL, &why) ||
	    !rights_add(&is, &y, NULL, NULL, &why))
		return;
	less = beyond(a, was.all.v[0], is.all.v[0]);
	/* what is taken of a table is taken of its columns, too */
	take_columns(was.all.v[0], less.has);
	more = beyond(a, is.all.v[0], was.all.v[0]);
	add_change(&was, &less, false, out);
	add_change(&is, &more, true, out);
}
