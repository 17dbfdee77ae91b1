/* shape - a statement reduced to the words that decide */
#include "sentinel/shape.h"

#include <string.h>

#include "base/buf.h"
#include "sentinel/functions.h"
#include "sql/key.h"

#define NAME_BYTES 63 /* PostgreSQL cuts longer names */
#define BEFORE 8      /* tokens that are remembered: schema.name ( */

struct level {
	enum calls worst, call; /* of all, of the word before it */
	bool fresh;             /* nothing after the parenthesis yet */
	bool doubt; /* only a word that may begin a statement, or be a name */
	bool with;  /* begins with WITH: a statement follows the queries */
};
VEC(levels, struct level);

struct shaper {
	struct arena *arena;
	struct shape *shape;
	struct buf text;
	struct levels levels; /* open parentheses */
	struct token opener;  /* the outermost one */
	struct token last[BEFORE];
	size_t n_last, brackets;
	size_t grouping; /* one more than the parentheses around GROUP BY */
	bool lone;       /* the last token may stand alone on its line */
	bool command;    /* the statement begins as a command of the shell */
};

/* Returns the token n before the current one; TOKEN_END where there is none. */
static const struct token *
before(const struct shaper *s, size_t n)
{
	static const struct token none = { .kind = TOKEN_END };

	return n > s->n_last || n > BEFORE ? &none
					   : &s->last[(s->n_last - n) % BEFORE];
}

static void
fact(struct shaper *s, enum fact fact, const struct token *t)
{
	if (!shape_has(s->shape, FACT_BAD))
		s->shape->culprit = *t;
	s->shape->facts |= 1u << fact;
}

static void
emit(struct shaper *s, const struct token *t, const char *word, size_t n)
{
	char *p;

	vec_push(s->arena, &s->shape->marks,
	    (struct mark){ .at = s->text.len, .token = *t });
	buf_reserve(&s->text, n + 1);
	p = s->text.s + s->text.len;
	for (size_t i = 0; i < n; i++)
		p[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] | 0x20)
							: word[i];
	p[n] = ' ';
	p[n + 1] = '\0';
	s->text.len += n + 1;
}

/* Rows of VALUES may be many: `(), (), ()` is no more than `()`. */
static bool
repeats(const struct shaper *s, const char *word)
{
	size_t n = strlen(word), tail = n + strlen("  , ");
	const char *p;

	if (s->text.len < tail)
		return false;
	p = s->text.s + s->text.len - tail;
	return *p == ' ' && !memcmp(p + 1, word, n) &&
	       !strcmp(p + 1 + n, " , ");
}

/* A type of two words; alone, the second may be anybody's function. */
static bool
varies(const struct token *first)
{
	static const char *const types[] = { "character", "char", "nchar",
		"bit" };

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (token_is(first, types[i]))
			return true;
	return false;
}

/* Notes where GROUP BY stands, and where its list has ended. */
static void
watch_group(struct shaper *s, const struct token *t)
{
	static const char *const after[] = { "having", "order", "window",
		"limit", "offset", "fetch", "for", "union", "intersect",
		"except", "select", "values" };

	if (token_is(t, "by") && token_is(before(s, 1), "group"))
		s->grouping = s->levels.n + 1;
	else if (s->levels.n + 1 < s->grouping)
		s->grouping = 0;
	for (size_t i = 0; s->grouping && i < sizeof(after) / sizeof(*after);
	     i++)
		if (token_is(t, after[i]))
			s->grouping = 0;
}

/* CUBE and ROLLUP may stand anywhere in the list of GROUP BY; elsewhere they
 * name a function. SET begins a part of ALTER. */
static bool
regroups(const struct shaper *s, const struct token *name)
{
	if (token_is(name, "set"))
		return !s->levels.n && token_is(before(s, 2), ",") &&
		       shape_is(s->shape, 0, "alter");
	return s->grouping == s->levels.n + 1 && token_is(before(s, 2), ",") &&
	       (token_is(name, "cube") || token_is(name, "rollup"));
}

/* What does the word before a parenthesis do? The columns of INSERT INTO t (…)
 * and of WITH x (…) AS are no call; a function of a schema is not the one that
 * is known, but for the server's own. */
static enum calls
opened_by(const struct shaper *s)
{
	static const char *const lists[] = { "into", "as", "with", "recursive",
		"references", "table" };
	const struct token *name = before(s, 1), *t;
	size_t n = 2;

	if (!token_names(name))
		return CALLS_PURE;
	while (token_is(before(s, n), ".") && token_names(before(s, n + 1)))
		n += 2;
	t = before(s, n);
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (token_is(t, lists[i]))
			return CALLS_PURE;
	if (name->kind == TOKEN_NAME)
		return CALLS_UNKNOWN;
	if (token_is(name, "varying") && varies(t))
		return CALLS_PURE;
	if (n > 2 && !(n == 4 && token_is(before(s, 3), "pg_catalog")))
		return CALLS_UNKNOWN;
	return regroups(s, name) ? CALLS_PURE
				 : calls_of(s->shape->dialect, name, t);
}

static void
open(struct shaper *s, const struct token *t)
{
	enum calls call = opened_by(s);

	if (!s->levels.n)
		s->opener = *t;
	vec_push(s->arena, &s->levels,
	    (struct level){ .worst = call, .call = call, .fresh = true });
}

static void
close(struct shaper *s, const struct token *t)
{
	static const char *const words[] = {
		[CALLS_PURE] = "()",
		[CALLS_VOLATILE] = "(v)",
		[CALLS_UNKNOWN] = "(f)",
		[CALLS_CHANGES] = "(d)",
	};
	struct level *up;
	enum calls worst;

	if (!s->levels.n) {
		fact(s, FACT_UNEVEN, t);
		return;
	}
	worst = s->levels.v[--s->levels.n].worst;
	if (!s->levels.n) {
		struct token group = s->opener;

		group.len = (size_t)(t->at + t->len - group.at);
		if (repeats(s, words[worst])) {
			buf_cut(&s->text, s->text.len - strlen(", "));
			s->shape->marks.n--;
			s->shape->marks.v[s->shape->marks.n - 1].token.len =
			    (size_t)(t->at + t->len -
				     s->shape->marks.v[s->shape->marks.n - 1]
					 .token.at);
			return;
		}
		emit(s, &group, words[worst], strlen(words[worst]));
		return;
	}
	up = &s->levels.v[s->levels.n - 1];
	up->worst = worst > up->worst ? worst : up->worst;
}

/* Does what stands here name something, or belong to FOR UPDATE? */
static bool
follows_name(const struct shaper *s)
{
	static const char *const words[] = { ".", "as", "for", "key" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (token_is(before(s, 1), words[i]))
			return true;
	return false;
}

/* A token inside parentheses counts only where it begins a statement there. */
static void
inside(struct shaper *s, const struct token *t)
{
	static const char *const changes[] = { "delete", "insert", "update",
		"merge", "replace" };
	struct level *level = &s->levels.v[s->levels.n - 1];
	bool begins = level->fresh || (level->with && !follows_name(s));

	for (size_t i = 0; begins && i < sizeof(changes) / sizeof(*changes);
	     i++)
		if (token_is(t, changes[i])) {
			level->worst = CALLS_CHANGES;
			level->doubt = level->fresh;
		}
	level->with |= level->fresh && token_is(t, "with");
	level->fresh = false;
}

/* The word stands alone, (update) or (update, …): it names a column; or it is
 * a call, (replace(…)). */
static void
dispel(struct shaper *s, const struct token *t)
{
	struct level *level =
	    s->levels.n ? &s->levels.v[s->levels.n - 1] : NULL;

	if (!level || !level->doubt)
		return;
	level->doubt = false;
	if (token_is(t, ")") || token_is(t, ",") || token_is(t, "("))
		level->worst = level->call;
}

static void
outside(struct shaper *s, const struct token *t)
{
	static const char masks[] = {
		[TOKEN_NAME] = '"',
		[TOKEN_STRING] = '\'',
		[TOKEN_NUMBER] = '0',
		[TOKEN_PARAM] = '?',
	};

	if (t->kind == TOKEN_WORD || t->kind == TOKEN_OP)
		emit(s, t, t->at, t->len);
	else
		emit(s, t, &masks[t->kind], 1);
}

/* psql puts a variable's text where :name, :'name' or :"name" stands; between
 * brackets it may be a slice of an array. */
static bool
is_variable(const struct shaper *s, const struct token *t)
{
	const struct token *colon = before(s, 1);

	return token_is(colon, ":") && colon->at + 1 == t->at && !s->brackets &&
	       (token_names(t) || t->kind == TOKEN_STRING);
}

static void
watch_foreign(struct shaper *s, const struct token *t)
{
	if (t->kind == TOKEN_BAD)
		fact(s, FACT_BAD, t);
	if (t->kind == TOKEN_META)
		fact(s, FACT_META, t);
	if (t->kind == TOKEN_DATA)
		fact(s, FACT_DATA, t);
	if (t->kind == TOKEN_META || t->kind == TOKEN_DATA)
		s->shape->foreign = *t;
}

static void
watch(struct shaper *s, const struct token *t)
{
	if (t->kind >= TOKEN_META)
		watch_foreign(s, t);
	if (is_variable(s, t))
		fact(s, FACT_VARIABLE, t);
	if (t->kind == TOKEN_WORD && token_is(t, "uescape"))
		fact(s, FACT_UNICODE, t);
	if (token_names(t) &&
	    t->len > NAME_BYTES + (t->kind == TOKEN_NAME ? 2 : 0))
		fact(s, FACT_LONG_NAME, t);
	if (token_is(t, "["))
		s->brackets++;
	if (token_is(t, "]") && s->brackets)
		s->brackets--;
}

static bool
has_line_end(const char *from, const char *to)
{
	return memchr(from, '\n', (size_t)(to - from)) != NULL;
}

/* Does the token begin its line? `from` is where the one before it ended. */
static bool
begins_line(const char *from, const struct token *t)
{
	const char *p = t->at;

	while (p > from && strchr(" \t\r\f\v", p[-1]))
		p--;
	return p > from && p[-1] == '\n';
}

/* The sqlite3 shell ends a statement at a line that is only / or go, and takes
 * a line that begins with . or # for a command or a comment. */
static void
watch_lines(struct shaper *s, const struct token *t)
{
	const struct token *last = before(s, 1);
	const char *end;
	char c = *t->at;

	if (!s->n_last) {
		s->command = c == '.' || c == '#';
		return;
	}
	end = last->at + last->len;
	if ((s->lone && has_line_end(end, t->at)) ||
	    (s->command && has_line_end(end, t->at + t->len)))
		fact(s, FACT_SHELL, last);
	s->lone =
	    (token_is(t, "/") || token_is(t, "go")) && begins_line(end, t);
}

static void
add(void *arg, const struct token *t)
{
	struct shaper *s = arg;

	watch(s, t);
	watch_lines(s, t);
	watch_group(s, t);
	dispel(s, t);
	if (token_is(t, "("))
		open(s, t);
	else if (token_is(t, ")"))
		close(s, t);
	else if (t->kind == TOKEN_BAD || s->shape->foreign.len)
		return;
	else if (s->levels.n)
		inside(s, t);
	else
		outside(s, t);
	s->last[s->n_last++ % BEFORE] = *t;
}

static void
begin(struct shaper *s, struct arena *a, enum dialect d)
{
	*s = (struct shaper){ .arena = a, .shape = arena_new(a, struct shape) };
	s->shape->dialect = d;
}

static struct shape *
finish(struct shaper *s)
{
	if (s->levels.n)
		fact(s, FACT_UNEVEN, &s->opener);
	s->shape->len = s->text.len;
	s->shape->text =
	    arena_strndup(s->arena, buf_str(&s->text), s->text.len);
	buf_release(&s->text);
	return s->shape;
}

struct shape *
shape_of(struct arena *a, enum dialect d, const struct statement *st)
{
	struct shaper s;
	struct lexer l;
	struct token t;

	begin(&s, a, d);
	t = (struct token){ TOKEN_DATA, st->text, st->len };
	if (st->data) {
		add(&s, &t);
		return finish(&s);
	}
	lex_init(&l, d, st->text, st->len);
	while (lex_next(&l, &t))
		add(&s, &t);
	lex_release(&l);
	t = (struct token){ TOKEN_BAD, st->text, st->len };
	if (st->bad && !shape_has(s.shape, FACT_BAD))
		fact(&s, FACT_BAD, &t); /* what stood before it made it so */
	return finish(&s);
}

struct shape *
shape_next(struct arena *a, struct splitter *from, struct statement *st)
{
	struct shaper s;
	struct shape *shape;
	bool more;

	begin(&s, a, from->lexer.dialect);
	more = split_next(from, st, add, &s);
	shape = finish(&s);
	return more ? shape : NULL;
}

bool
shape_holds(const struct shape *s, const char *word)
{
	for (size_t i = 0; i < s->marks.n; i++)
		if (shape_is(s, i, word))
			return true;
	return false;
}

static size_t
end_of(const struct shape *s, size_t i)
{
	return i < s->marks.n ? s->marks.v[i].at : s->len;
}

/* Returns the shape "action " + the words from `from` to before `to`. */
static struct shape
action(struct arena *a, const struct shape *s, size_t from, size_t to)
{
	static const char head[] = "action ";
	size_t start = end_of(s, from), n = end_of(s, to) - start;
	struct shape part = { .dialect = s->dialect, .facts = s->facts };

	part.text = arena_fmt(a, "%s%.*s", head, (int)n, s->text + start);
	part.len = strlen(head) + n;
	for (size_t i = from; i < to; i++)
		vec_push(a, &part.marks,
		    (struct mark){
			.at = s->marks.v[i].at - start + strlen(head),
			.token = s->marks.v[i].token });
	return part;
}

/* Returns the mark after the table's name, or 0. */
static size_t
after_table(const struct shape *s, struct marks *table)
{
	size_t i = 1, first;

	if (!shape_is(s, 0, "alter"))
		return 0;
	i += shape_is(s, i, "foreign");
	if (!shape_is(s, i++, "table"))
		return 0;
	if (shape_is(s, i, "if") && shape_is(s, i + 1, "exists"))
		i += 2;
	i += shape_is(s, i, "only") && !shape_is(s, i + 1, ".");
	first = i++;
	while (shape_is(s, i, ".") && i + 1 < s->marks.n)
		i += 2;
	if (i >= s->marks.n)
		return 0;
	*table = (struct marks){ .v = s->marks.v + first, .n = i - first };
	return i + shape_is(s, i, "*");
}

bool
shape_actions(struct arena *a, const struct shape *s, struct shapes *actions,
    struct marks *table)
{
	size_t i = after_table(s, table), from = i, brackets = 0;

	if (!i)
		return false;
	for (; i <= s->marks.n; i++) {
		brackets += shape_is(s, i, "[");
		brackets -= brackets && shape_is(s, i, "]");
		if (i < s->marks.n && (brackets || !shape_is(s, i, ",")))
			continue;
		vec_push(a, actions, action(a, s, from, i));
		from = i + 1;
	}
	return true;
}

size_t
shape_mark(const struct shape *s, size_t at)
{
	size_t low = 0, high = s->marks.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->marks.v[middle].at < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const char *
shape_name(struct arena *a, const struct shape *s, size_t start, size_t end)
{
	struct buf b = { 0 };
	const char *name;

	for (size_t i = shape_mark(s, start);
	     i < s->marks.n && s->marks.v[i].at < end; i++) {
		const struct token *t = &s->marks.v[i].token;

		/* where a name should stand, any text may */
		buf_puts(&b, *t->at == '('
				 ? "(…)"
				 : sql_unquote(a, s->dialect, t->at, t->len));
	}
	name = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	return name;
}
