/* define - what a CREATE statement makes, found in its text */
#include "sql/define.h"

#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "sql/key.h"
#include "sql/lang.h"
#include "sql/reading.h"
#include "sql/routine.h"

struct defining;

/* How a CREATE of each word is read; a word that is not here is followed by a
 * name, and by something else. */
struct shape {
	const char *word;
	const char *table; /* the word before the name of its table */
	bool bare;         /* it may end after its name */
	bool routine;      /* its arguments are of its name */
	bool owned;        /* OWNED BY is said apart */
	bool (*read)(struct defining *f, const char *before); /* or all of it */
};

/* A definition, while it is read. */
struct defining {
	struct reading r;
	const struct shape *shape;
	const char *word;
	const struct statement *s;
	struct definition *out;
	const char *why;
};

static bool
refuse(struct defining *f, const char *why)
{
	f->why = why;
	return false;
}

static const char *
text_from(const struct defining *f, size_t at)
{
	const char *end = f->s->text + f->s->len;
	const char *from = at < f->r.tokens.n ? f->r.tokens.v[at].at : end;

	return arena_strndup(f->r.a, from, (size_t)(end - from));
}

/* Returns the key of what stands before the name and of the tokens from there
 * up to `to`. */
static const char *
key_of(const struct defining *f, const char *before, size_t from, size_t to)
{
	const struct reading *r = &f->r;

	if (!sql_lang(r->d)->home)
		return sql_key(r->a, r->d, f->out->text);
	return arena_fmt(r->a, "%s%s", recase(r->a, before, 'A', 'Z'),
	    routine_text(r->a, r->d, &r->tokens.v[from], to - from));
}

/* Writes text and key; the name begins at the place. */
static void
write_text(struct defining *f, const char *before, size_t name)
{
	struct reading *r = &f->r;
	size_t skipped;

	f->out->text = arena_fmt(r->a, "%s%s", before, text_from(f, name));
	if (r->at >= r->tokens.n) {
		f->out->rest = "";
	} else {
		skipped = (size_t)(peek(r, 0)->at - r->tokens.v[name].at);
		f->out->rest = f->out->text + strlen(before) + skipped;
	}
	f->out->key = key_of(f, before, name, r->tokens.n);
}

/* Finds `ON table`; a rule says TO. */
static bool
read_table(struct defining *f)
{
	struct reading *r = &f->r;
	const char *word = f->shape->table;

	r->at = find_word(r, r->at, word);
	if (!accept_token(r, word))
		return refuse(f, arena_fmt(r->a, "it says no table: %s …",
				     recase(r->a, word, 'a', 'z')));
	f->out->only = accept_token(r, "only");
	if (!read_name(r, &f->out->table_schema, &f->out->table))
		return refuse(f, "the name of its table is missing");
	return true;
}

static bool
read_routine(struct defining *f, const char *before, size_t name)
{
	struct reading *r = &f->r;
	struct definition *out = f->out;
	struct routine what;

	if (!routine_read(
		r->a, r->d, peek(r, 0), r->tokens.n - r->at, &what, &f->why))
		return false;
	out->signature = what.signature;
	out->header = what.header;
	out->key =
	    arena_fmt(r->a, "%s%s", key_of(f, before, name, r->at), what.key);
	return true;
}

/* What stands between CREATE and the word, and is kept. */
static const char *
read_adjective(struct defining *f)
{
	static const char *const kept[] = { "constraint", "recursive", "unique",
		"unlogged", "trusted" };
	static const char *const lost[] = { "temp", "temporary", "local",
		"global" };
	struct reading *r = &f->r;

	for (size_t i = 0; i < sizeof(lost) / sizeof(*lost); i++)
		if (accept_token(r, lost[i]))
			f->why = "what is temporary is no part of a schema";
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (accept_token(r, kept[i]))
			return arena_fmt(r->a, "%s ", kept[i]);
	return "";
}

/* A sequence is there before the column that owns it: the text says nothing of
 * it. */
static void
take_owner(struct defining *f, const char *before, size_t name)
{
	struct reading *r = &f->r;
	size_t at = find_word(r, r->at, "owned"), end = at + 2;
	const char *head, *tail;

	if (!words_at(r, at, "owned by"))
		return;
	while (end < r->tokens.n && token_names(&r->tokens.v[end])) {
		end++;
		if (end >= r->tokens.n || !token_is(&r->tokens.v[end], "."))
			break;
		end++;
	}
	if (!token_is(&r->tokens.v[at + 2], "none"))
		f->out->owned_by = cut(r, at + 2, end);
	head = cut(r, name, at);
	tail = cut(r, end, r->tokens.n);
	f->out->text =
	    arena_fmt(r->a, "%s%s%s%s", before, head, *tail ? " " : "", tail);
	f->out->rest =
	    f->out->text + strlen(before) + strlen(cut(r, name, r->at));
	f->out->key = arena_fmt(r->a, "%s%s%s", key_of(f, before, name, at),
	    *tail ? " " : "",
	    routine_text(r->a, r->d, &r->tokens.v[end], r->tokens.n - end));
}

/* Steps over the schema that need not be said. */
static void
skip_home(struct reading *r)
{
	const char *home = sql_lang(r->d)->home;

	if (home && token_is(peek(r, 0), home) && token_is(peek(r, 1), "."))
		r->at += 2;
}

/* Reads the name and what follows it; false with a reason. */
static bool
read_definition(struct defining *f, const char *before)
{
	struct reading *r = &f->r;
	struct definition *out = f->out;
	const struct shape *shape = f->shape;
	size_t name;

	skip_home(r);
	name = r->at;
	if ((shape->table && token_is(peek(r, 0), shape->table)) ||
	    !read_name(r, &out->schema, &out->name))
		return refuse(f, "a name is missing");
	if (peek(r, 0)->kind == TOKEN_END && !shape->bare)
		return refuse(f, "the definition ends after its name");
	write_text(f, before, name);
	if (shape->owned)
		take_owner(f, before, name);
	if (shape->routine)
		return read_routine(f, before, name);
	return !shape->table || read_table(f);
}

/* -- what has no name, or one that is no word ----------------------------- */

/* CREATE CAST (a AS b) …; its types are its name. */
static bool
read_cast(struct defining *f, const char *before)
{
	struct reading *r = &f->r;
	size_t from = r->at + 1, as, end;

	r->at++;
	as = find_word(r, from, "as");
	end = find_word(r, from, ")");
	if (!token_is(&r->tokens.v[from - 1], "(") || as >= end)
		return refuse(f, "a cast says its types: (a AS b)");
	r->at = end + 1;
	f->out->name = arena_fmt(r->a, "(%s AS %s)",
	    routine_type(r->a, r->d, &r->tokens.v[from], as - from),
	    routine_type(r->a, r->d, &r->tokens.v[as + 1], end - as - 1));
	f->out->text = arena_fmt(r->a, "%s%s", before, text_from(f, from - 1));
	f->out->rest = "";
	f->out->key = key_of(f, before, from - 1, r->tokens.n);
	f->out->drop = arena_fmt(r->a, "DROP CAST %s", f->out->name);
	return true;
}

/* Returns the type that an option of CREATE OPERATOR gives, or NONE. */
static const char *
operand(const struct reading *r, size_t from, const char *option)
{
	size_t at = find_word(r, from, option), end;

	if (at >= r->tokens.n)
		return "NONE";
	end = find_word(r, at, ",");
	at += 2;
	if (end == r->tokens.n)
		end = find_word(r, at, ")");
	return routine_type(r->a, r->d, &r->tokens.v[at], end - at);
}

/* CREATE OPERATOR app.=== (LEFTARG = a, …). */
static bool
read_operator(struct defining *f, const char *before)
{
	struct reading *r = &f->r;
	struct definition *out = f->out;
	size_t name, inside;

	/* those are other things */
	if (token_is(peek(r, 0), "class") || token_is(peek(r, 0), "family"))
		return false;
	skip_home(r);
	name = r->at;
	if (token_names(peek(r, 0)) && token_is(peek(r, 1), ".")) {
		out->schema =
		    sql_unquote(r->a, r->d, peek(r, 0)->at, peek(r, 0)->len);
		r->at += 2;
	}
	inside = find_word(r, r->at, "(") + 1;
	out->name = cut(r, r->at, inside - 1);
	if (peek(r, 0)->kind != TOKEN_OP || inside > r->tokens.n)
		return refuse(f, "an operator says its name and its types");
	out->signature = arena_fmt(r->a, "%s, %s",
	    operand(r, inside, "leftarg"), operand(r, inside, "rightarg"));
	r->at = inside - 1;
	write_text(f, before, name);
	out->drop = arena_fmt(r->a, "DROP OPERATOR %s(%s)",
	    cut(r, name, inside - 1), out->signature);
	return true;
}

static const struct shape shapes[] = {
	{ .word = "TRIGGER", .table = "on" },
	{ .word = "POLICY", .table = "on" },
	{ .word = "INDEX", .table = "on" },
	{ .word = "RULE", .table = "to" },
	{ .word = "FUNCTION", .routine = true },
	{ .word = "PROCEDURE", .routine = true },
	{ .word = "AGGREGATE", .routine = true },
	{ .word = "SCHEMA", .bare = true },
	{ .word = "EXTENSION", .bare = true },
	{ .word = "SEQUENCE", .bare = true, .owned = true },
	{ .word = "PUBLICATION", .bare = true },
	{ .word = "FOREIGN DATA WRAPPER", .bare = true },
	{ .word = "CAST", .read = read_cast },
	{ .word = "OPERATOR", .read = read_operator },
};

static const struct shape *
shape_of(const char *word)
{
	static const struct shape plain;

	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++)
		if (!strcmp(word, shapes[i].word))
			return &shapes[i];
	return &plain;
}

bool
sql_define(struct arena *a, enum dialect d, const struct statement *s,
    const char *word, struct definition *out, const char **why)
{
	struct defining f = { .shape = shape_of(word), .s = s, .out = out };
	const char *adjective, *before;

	*out = (struct definition){ 0 };
	*why = NULL;
	reading_init(&f.r, a, d, s->text, s->len);
	if (!accept_token(&f.r, "create"))
		return false;
	accept_words(&f.r, "or replace");
	adjective = read_adjective(&f);
	if (!accept_words(&f.r, word))
		return false;
	accept_token(&f.r, "concurrently");
	accept_words(&f.r, "if not exists");
	before =
	    arena_fmt(a, "CREATE %s%s ", recase(a, adjective, 'a', 'z'), word);
	if (!f.why && (f.shape->read ? f.shape->read(&f, before)
				     : read_definition(&f, before)))
		return true;
	*why = f.why;
	return false;
}

/* Names of a text. */
struct saying {
	struct arena *a;
	enum dialect dialect;
	bool inside; /* those in its strings, too */
	bool calls;  /* only those before a parenthesis, each time */
	struct map seen;
	struct names *out;
};

static void say_names(struct saying *s, const char *text, size_t len);

static void
say_inside(struct saying *s, const struct token *t)
{
	const char *from = memchr(t->at, *t->at == '$' ? '$' : '\'', t->len);
	size_t skip = 1;

	if (from && *from == '$')
		skip = strcspn(from + 1, "$") + 2;
	if (!from || (size_t)(from - t->at) + 2 * skip > t->len)
		return;
	s->inside = false;
	say_names(s, from + skip, t->len - (size_t)(from - t->at) - 2 * skip);
	s->inside = true;
}

static void
say_name(struct saying *s, const struct token *t)
{
	const char *name = recase(
	    s->a, sql_unquote(s->a, s->dialect, t->at, t->len), 'A', 'Z');

	if (!s->calls && map_get(&s->seen, name))
		return;
	map_put(s->a, &s->seen, name, s->out);
	vec_push(s->a, s->out, name);
}

static void
say_names(struct saying *s, const char *text, size_t len)
{
	struct token t, last = { 0 };
	struct lexer l;

	lex_init(&l, s->dialect, text, len);
	while (lex_next(&l, &t)) {
		if (s->inside && t.kind == TOKEN_STRING)
			say_inside(s, &t);
		if (!s->calls && sql_may_name(s->dialect, &t))
			say_name(s, &t);
		else if (s->calls && last.at && token_names(&last) &&
			 token_is(&t, "("))
			say_name(s, &last);
		last = t;
	}
	lex_release(&l);
}

void
sql_said_names(struct arena *a, enum dialect d, const char *text, bool inside,
    struct names *out)
{
	struct saying s = {
		.a = a, .dialect = d, .inside = inside, .out = out
	};

	say_names(&s, text, strlen(text));
}

void
sql_called_names(
    struct arena *a, enum dialect d, const char *text, struct names *out)
{
	struct saying s = {
		.a = a, .dialect = d, .inside = true, .calls = true, .out = out
	};

	say_names(&s, text, strlen(text));
}
