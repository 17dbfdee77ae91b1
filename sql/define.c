/* define - what a CREATE statement makes, found in its text */
#include "sql/define.h"

#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "sql/key.h"
#include "sql/lang.h"
#include "sql/routine.h"

VEC(tokens, struct token);

/* A statement as tokens, and how far it was read. */
struct reading {
	struct arena *a;
	enum dialect d;
	const struct statement *s;
	struct tokens tokens;
	size_t at;
	struct definition *out;
	const char *why;
};

static struct tokens
read_tokens(struct arena *a, enum dialect d, const char *text, size_t len)
{
	struct tokens all = { 0 };
	struct lexer l;
	struct token t;

	lex_init(&l, d, text, len);
	while (lex_next(&l, &t))
		vec_push(a, &all, t);
	lex_release(&l);
	return all;
}

/* Past the last token there is one that is nothing. */
static const struct token *
peek(const struct reading *r, size_t ahead)
{
	static const struct token none = { TOKEN_END, "", 0 };

	return r->at + ahead < r->tokens.n ? &r->tokens.v[r->at + ahead]
					   : &none;
}

static bool
accept(struct reading *r, const char *word)
{
	if (!token_is(peek(r, 0), word))
		return false;
	r->at++;
	return true;
}

/* Returns a copy with the letters from first to last in the other case. */
static const char *
recase(struct arena *a, const char *s, char first, char last)
{
	char *copy = arena_strdup(a, s);

	for (char *p = copy; *p; p++)
		if (*p >= first && *p <= last)
			*p = (char)(*p ^ 0x20);
	return copy;
}

/* Steps over words that stand in this order, or over none of them. */
static bool
accept_words(struct reading *r, const char *words)
{
	size_t before = r->at;

	words = recase(r->a, words, 'A', 'Z');
	while (*words) {
		size_t n = strcspn(words, " ");

		if (!accept(r, arena_strndup(r->a, words, n))) {
			r->at = before;
			return false;
		}
		words += n + (words[n] == ' ');
	}
	return true;
}

static bool
read_name(struct reading *r, const char **schema, const char **name)
{
	const struct token *t = peek(r, 0);
	const char *home = sql_lang(r->d)->home;

	*schema = NULL;
	if (!token_names(t))
		return false;
	*name = sql_unquote(r->a, r->d, t->at, t->len);
	r->at++;
	if (!token_is(peek(r, 0), ".") || !token_names(peek(r, 1)))
		return true;
	t = peek(r, 1);
	*schema = *name;
	*name = sql_unquote(r->a, r->d, t->at, t->len);
	r->at += 2;
	if (home && !strcmp(*schema, home))
		*schema = NULL;
	return true;
}

static const char *
text_of(const struct reading *r, const struct token *from, const char *end)
{
	return arena_strndup(r->a, from->at, (size_t)(end - from->at));
}

/* Finds `ON table`; a rule says TO. */
static void
read_table(struct reading *r, const char *word)
{
	for (int depth = 0; peek(r, 0)->kind != TOKEN_END; r->at++) {
		const struct token *t = peek(r, 0);

		depth += token_is(t, "(") - token_is(t, ")");
		if (depth || !token_is(t, word))
			continue;
		r->at++;
		accept(r, "only");
		read_name(r, &r->out->table_schema, &r->out->table);
		return;
	}
}

/* What stands between CREATE and the word, and is kept. */
static const char *
read_adjective(struct reading *r)
{
	static const char *const kept[] = { "constraint", "recursive", "unique",
		"unlogged", "trusted" };
	static const char *const lost[] = { "temp", "temporary", "local",
		"global" };

	for (size_t i = 0; i < sizeof(lost) / sizeof(*lost); i++)
		if (accept(r, lost[i]))
			r->why = "what is temporary is no part of a schema";
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (accept(r, kept[i]))
			return arena_fmt(r->a, "%s ", kept[i]);
	return "";
}

/* Which word names the table of what is made, by the word of its kind. */
static const char *
table_word(const char *word)
{
	static const char *const of_tables[][2] = { { "TRIGGER", "on" },
		{ "POLICY", "on" }, { "INDEX", "on" }, { "RULE", "to" } };

	for (size_t i = 0; i < sizeof(of_tables) / sizeof(*of_tables); i++)
		if (!strcmp(word, of_tables[i][0]))
			return of_tables[i][1];
	return NULL;
}

static bool
has_arguments(const char *word)
{
	return !strcmp(word, "FUNCTION") || !strcmp(word, "PROCEDURE") ||
	       !strcmp(word, "AGGREGATE");
}

/* Returns the key of what stands before the name and of the tokens from it on,
 * up to `to`. */
static const char *
key_of(const struct reading *r, const char *before, const struct token *name,
    size_t to)
{
	size_t from = (size_t)(name - r->tokens.v);

	if (!sql_lang(r->d)->home)
		return sql_key(r->a, r->d, r->out->text);
	return arena_fmt(r->a, "%s%s", recase(r->a, before, 'A', 'Z'),
	    routine_text(r->a, r->d, name, to - from));
}

static bool
read_routine(struct reading *r, const char *before, const struct token *name)
{
	struct definition *out = r->out;
	struct routine what;

	if (!routine_read(
		r->a, r->d, peek(r, 0), r->tokens.n - r->at, &what, &r->why))
		return false;
	out->signature = what.signature;
	out->header = what.header;
	out->key =
	    arena_fmt(r->a, "%s%s", key_of(r, before, name, r->at), what.key);
	return true;
}

/* Reads the name and what follows it; false with a reason. */
static bool
read_definition(struct reading *r, const char *adjective, const char *word)
{
	struct definition *out = r->out;
	const char *end = r->s->text + r->s->len, *table = table_word(word);
	const struct token *name;
	const char *before;

	accept(r, "concurrently");
	accept_words(r, "if not exists");
	name = peek(r, 0);
	if (sql_lang(r->d)->home && token_is(name, sql_lang(r->d)->home) &&
	    token_is(peek(r, 1), ".")) {
		r->at += 2;
		name = peek(r, 0);
	}
	if (table && token_is(name, table)) {
		r->why = "a name is missing";
		return false;
	}
	if (!read_name(r, &out->schema, &out->name)) {
		r->why = "a name is missing";
		return false;
	}
	if (peek(r, 0)->kind == TOKEN_END && strcmp(word, "SCHEMA") != 0 &&
	    strcmp(word, "EXTENSION") != 0 && strcmp(word, "SEQUENCE") != 0) {
		r->why = "the definition ends after its name";
		return false;
	}
	before = arena_fmt(
	    r->a, "CREATE %s%s ", recase(r->a, adjective, 'a', 'z'), word);
	out->text = arena_fmt(r->a, "%s%s", before, text_of(r, name, end));
	out->rest =
	    peek(r, 0)->kind == TOKEN_END
		? ""
		: out->text + strlen(before) + (peek(r, 0)->at - name->at);
	if (has_arguments(word))
		return read_routine(r, before, name);
	out->key = key_of(r, before, name, r->tokens.n);
	if (table) {
		read_table(r, table);
		if (!out->table) {
			r->why = arena_fmt(r->a, "it says no table: %s …",
			    recase(r->a, table, 'a', 'z'));
			return false;
		}
	}
	return true;
}

bool
sql_define(struct arena *a, enum dialect d, const struct statement *s,
    const char *word, struct definition *out, const char **why)
{
	struct reading r = { .a = a, .d = d, .s = s, .out = out };
	const char *adjective;

	*out = (struct definition){ 0 };
	*why = NULL;
	r.tokens = read_tokens(a, d, s->text, s->len);
	if (!accept(&r, "create"))
		return false;
	accept_words(&r, "or replace");
	adjective = read_adjective(&r);
	if (!accept_words(&r, word))
		return false;
	if (!r.why && read_definition(&r, adjective, word))
		return true;
	*why = r.why;
	return false;
}

/* Returns the first token at depth 0 from `at` on that is the word. */
static size_t
find_word(const struct reading *r, size_t at, const char *word)
{
	int depth = 0;

	for (; at < r->tokens.n; at++) {
		const struct token *t = &r->tokens.v[at];

		if (!depth && token_is(t, word))
			return at;
		depth += token_is(t, "(") - token_is(t, ")");
	}
	return at;
}

static const char *
cut(const struct reading *r, size_t from, size_t to)
{
	const struct token *t, *last;

	if (from >= to)
		return "";
	t = &r->tokens.v[from];
	last = &r->tokens.v[to - 1];
	return arena_strndup(
	    r->a, t->at, (size_t)(last->at + last->len - t->at));
}

/* Exchanges GRANT … TO and REVOKE … FROM, whose first word stands at `at`. */
static const char *
exchange(const struct reading *r, size_t at)
{
	bool grants = token_is(&r->tokens.v[at], "grant");
	size_t on = find_word(r, at, "on"), n = r->tokens.n, whom, end;
	bool option = false;

	if (!grants && !token_is(&r->tokens.v[at], "revoke"))
		return NULL;
	if (!grants && at + 3 < n && token_is(&r->tokens.v[at + 1], "grant") &&
	    token_is(&r->tokens.v[at + 2], "option")) {
		option = true;
		at += 3;
	}
	whom = find_word(r, on, grants ? "to" : "from");
	if (on >= n || whom + 1 >= n)
		return NULL;
	end = find_word(r, whom, grants ? "with" : "cascade");
	if (end == n)
		end = find_word(r, whom, "restrict");
	return arena_fmt(r->a, "%s%s %s %s %s%s",
	    cut(r, 0, option ? at - 3 : at), grants ? "REVOKE" : "GRANT",
	    cut(r, at + 1, whom), grants ? "FROM" : "TO", cut(r, whom + 1, end),
	    option ? " WITH GRANT OPTION" : "");
}

const char *
sql_take_back(struct arena *a, enum dialect d, const struct statement *s)
{
	struct reading r = { .a = a, .d = d, .s = s };
	size_t at, end;

	r.tokens = read_tokens(a, d, s->text, s->len);
	if (accept_words(&r, "comment on")) {
		at = find_word(&r, 0, "is");
		return at < r.tokens.n
			   ? arena_fmt(a, "%s IS NULL", cut(&r, 0, at))
			   : NULL;
	}
	if (!accept_words(&r, "alter default privileges"))
		return r.tokens.n ? exchange(&r, 0) : NULL;
	at = find_word(&r, 0, "grant");
	end = find_word(&r, 0, "revoke");
	at = end < at ? end : at;
	if (at == r.tokens.n)
		return NULL;
	/* the words before it end in a space */
	return arena_fmt(a, "%s %s", cut(&r, 0, at),
	    exchange(&(struct reading){ .a = a,
			 .d = d,
			 .s = s,
			 .tokens = { r.tokens.v + at, r.tokens.n - at, 0 } },
		0));
}

static void
add_names(struct arena *a, enum dialect d, const char *text, size_t len,
    bool inside, struct map *seen, struct names *out)
{
	struct lexer l;
	struct token t;

	lex_init(&l, d, text, len);
	while (lex_next(&l, &t)) {
		if (inside && t.kind == TOKEN_STRING) {
			const char *from =
			    memchr(t.at, *t.at == '$' ? '$' : '\'', t.len);
			size_t skip = 1;

			if (from && *from == '$')
				skip = strcspn(from + 1, "$") + 2;
			if (from && (size_t)(from - t.at) + 2 * skip <= t.len)
				add_names(a, d, from + skip,
				    t.len - (size_t)(from - t.at) - 2 * skip,
				    false, seen, out);
			continue;
		}
		if (token_names(&t)) {
			const char *name =
			    recase(a, sql_unquote(a, d, t.at, t.len), 'A', 'Z');

			if (!map_get(seen, name)) {
				map_put(a, seen, name, out);
				vec_push(a, out, name);
			}
		}
	}
	lex_release(&l);
}

void
sql_said_names(struct arena *a, enum dialect d, const char *text, bool inside,
    struct names *out)
{
	struct map seen = { 0 };

	add_names(a, d, text, strlen(text), inside, &seen, out);
}
