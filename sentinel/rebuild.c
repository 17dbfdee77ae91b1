/* rebuild - SQLite's way of changing a table, proven from its text
 *
 * Lossless means: one INSERT … SELECT reads every row of the old table, each
 * item of it gives one value for one row, and nothing in between can drop a
 * row (a conflict clause, a trigger). What happens to the columns is then said
 * one by one.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "sentinel/context.h"
#include "sentinel/rule.h"
#include "sentinel/sentinel.h"
#include "sql/key.h"
#include "sql/quote.h"

VEC(tokens, struct token);

/* An expression of the SELECT: tokens [from, to). */
struct item {
	size_t from, to;
};
VEC(items, struct item);

enum stage { BEFORE, MADE, COPIED, DROPPED, DONE };

struct rebuild {
	struct arena *arena;
	enum dialect dialect;
	const char *old, *new; /* keys */
	enum stage stage;
	bool broken;        /* something that the proof does not cover */
	bool aborts;        /* the copy does, at every conflict */
	bool drops_rows;    /* the new table's own clauses would, in silence */
	bool old_way;       /* of renaming: it is on */
	struct tokens copy; /* of the INSERT */
	struct items items; /* its SELECT's, into copy */
	size_t drop;        /* the finding on DROP TABLE */
	struct findings *out;
};

static void
read_all(struct rebuild *r, struct tokens *out, const struct statement *st)
{
	struct lexer l;
	struct token t;

	lex_init(&l, r->dialect, st->text, st->len);
	while (lex_next(&l, &t))
		vec_push(r->arena, out, t);
	lex_release(&l);
}

static bool
at(const struct rebuild *r, size_t i, const char *word)
{
	return i < r->copy.n && token_is(&r->copy.v[i], word);
}

static const char *
text_of(const struct rebuild *r, size_t from, size_t to)
{
	const struct token *v = r->copy.v;

	return arena_strndup(r->arena, v[from].at,
	    (size_t)(v[to - 1].at + v[to - 1].len - v[from].at));
}

static bool
is_key(const struct rebuild *r, size_t from, size_t to, const char *key)
{
	return from < to && to <= r->copy.n &&
	       !strcmp(
		   sql_key(r->arena, r->dialect, text_of(r, from, to)), key);
}

/* Functions of one row: one of many rows would make one of them all. */
static bool
is_scalar(const struct token *t)
{
	static const char *const words[] = { "coalesce", "ifnull", "nullif",
		"iif", "cast", "lower", "upper", "trim", "ltrim", "rtrim",
		"substr", "substring", "replace", "length", "octet_length",
		"instr", "printf", "format", "concat", "concat_ws", "unicode",
		"abs", "sign", "round", "ceil", "floor", "trunc", "mod",
		"random", "randomblob", "zeroblob", "hex", "unhex", "quote",
		"typeof", "likely", "unlikely", "like", "glob", "date", "time",
		"datetime", "julianday", "unixepoch", "strftime", "timediff",
		"json", "json_valid", "json_array", "json_array_length",
		"json_extract", "json_insert", "json_object", "json_patch",
		"json_quote", "json_remove", "json_replace", "json_set",
		"json_type", "in", "and", "or", "not", "when", "then", "else",
		"case", "between", "exists", "from", "where", "on", "by", "as",
		"limit", "varchar", "decimal", "numeric", "char" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (token_is(t, words[i]))
			return true;
	return false;
}

/* In a query of its own, an aggregate of what is not the old table's makes one
 * row of that query's rows; one of the old table's alone would be the whole
 * statement's, be it written ever so deep. */
static bool
is_inner_aggregate(const struct rebuild *r, size_t open)
{
	static const char *const words[] = { "count", "max", "min", "sum",
		"total", "avg" };
	bool known = false;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		known |= at(r, open - 1, words[i]);
	if (!known)
		return false;
	if (at(r, open + 1, "*") && at(r, open + 2, ")"))
		return true;
	return at(r, open + 2, ".") && at(r, open + 4, ")") &&
	       token_names(&r->copy.v[open + 1]) &&
	       !is_key(r, open + 1, open + 2, r->old);
}

static bool
is_per_row(const struct rebuild *r, const struct item *item)
{
	size_t depth = 0, query = 0; /* the depth of the outermost, 0: none */

	for (size_t i = item->from; i < item->to; i++) {
		bool opens = at(r, i, "("), called;

		if (at(r, i, "over") || at(r, i, "distinct"))
			return false;
		if (at(r, i, "select") && (!depth || !at(r, i - 1, "(")))
			return false;
		called = opens && i > item->from &&
			 token_names(&r->copy.v[i - 1]) &&
			 !is_scalar(&r->copy.v[i - 1]);
		if (called && (!query || !is_inner_aggregate(r, i)))
			return false;
		depth += opens;
		if (opens && at(r, i + 1, "select") && !query)
			query = depth;
		depth -= at(r, i, ")");
		if (depth < query)
			query = 0;
	}
	return item->from < item->to;
}

/* Reads the items after SELECT; returns the token of FROM, or 0. */
static size_t
read_items(struct rebuild *r, size_t i)
{
	struct item item = { .from = i };
	size_t depth = 0;

	for (; i < r->copy.n; i++) {
		depth += at(r, i, "(");
		depth -= depth && at(r, i, ")");
		if (depth || (!at(r, i, ",") && !at(r, i, "from")))
			continue;
		item.to = i;
		if (!is_per_row(r, &item))
			return 0;
		vec_push(r->arena, &r->items, item);
		if (at(r, i, "from"))
			return i;
		item.from = i + 1;
	}
	return 0;
}

/* INSERT INTO new (…) SELECT … FROM old, and not a word more. */
static bool
is_copy(struct rebuild *r, const struct statement *st)
{
	size_t i = 3, from;

	r->copy.n = r->items.n = 0;
	read_all(r, &r->copy, st);
	r->aborts = at(r, 1, "or") && at(r, 2, "abort");
	i += r->aborts ? 2 : 0;
	if (!at(r, 0, "insert") || !at(r, i - 2, "into") ||
	    !is_key(r, i - 1, i, r->new) || !at(r, i, "("))
		return false;
	while (i < r->copy.n && !at(r, i, ")"))
		i++;
	if (!at(r, ++i, "select"))
		return false;
	from = read_items(r, i + 1);
	return from && from + 2 == r->copy.n &&
	       is_key(r, from + 1, from + 2, r->old);
}

/* A conflict clause can drop a row, or another one, without an error. */
static bool
keeps_rows(struct rebuild *r, const struct statement *st)
{
	struct tokens all = { 0 };

	read_all(r, &all, st);
	for (size_t i = 0; i + 1 < all.n; i++)
		if (token_is(&all.v[i], "conflict") &&
		    (token_is(&all.v[i + 1], "ignore") ||
			token_is(&all.v[i + 1], "replace")))
			return false;
	return true;
}

static bool
is_rename(struct rebuild *r, const struct shape *s)
{
	return s->marks.n == 6 &&
	       !strncmp(s->text, "alter table ", strlen("alter table ")) &&
	       token_is(&s->marks.v[3].token, "rename") &&
	       token_is(&s->marks.v[4].token, "to") &&
	       !strcmp(context_key(r->arena, s, 2, 3), r->new) &&
	       !strcmp(context_key(r->arena, s, 5, 6), r->old);
}

static bool
is_aside(const struct shape *s, enum stage stage)
{
	static const char *const always[] = { "drop view ", "drop trigger ",
		"drop index ", "create index ", "create unique index " };
	static const char counter[] =
	    "insert into sqlite_sequence () select ' , seq from "
	    "sqlite_sequence where name = ' ";
	static const char *const after[] = { "create view ",
		"create trigger " };

	for (size_t i = 0; i < sizeof(always) / sizeof(*always); i++)
		if (!strncmp(s->text, always[i], strlen(always[i])))
			return true;
	if (!strcmp(s->text, counter)) /* of AUTOINCREMENT */
		return true;
	for (size_t i = 0; i < sizeof(after) / sizeof(*after); i++)
		if (!strncmp(s->text, after[i], strlen(after[i])))
			return stage == DONE;
	return false;
}

static void
follow(struct rebuild *r, const struct statement *st, const struct shape *s)
{
	size_t from, to;
	const char *key;

	if (r->stage == BEFORE && context_creates(s, &from, &to)) {
		r->new = context_key(r->arena, s, from, to);
		r->stage = MADE;
		r->drops_rows = !keeps_rows(r, st);
		r->broken |= !strcmp(r->new, r->old);
	} else if (r->stage == MADE && is_copy(r, st)) {
		r->stage = COPIED;
		r->broken |= r->drops_rows && !r->aborts;
	} else if (r->stage == COPIED && context_drops(s, &from, &to)) {
		key = context_key(r->arena, s, from, to);
		r->broken |= strcmp(key, r->old) != 0;
		r->stage = DROPPED;
	} else if (r->stage == DROPPED && is_rename(r, s)) {
		r->stage = DONE;
	} else {
		r->broken |= !is_aside(s, r->stage);
	}
}

/* Returns the place of the parenthesis that closes the one at i. */
static size_t
closes(const struct rebuild *r, size_t i)
{
	size_t depth = 0;

	for (; i < r->copy.n; i++) {
		depth += at(r, i, "(");
		depth -= at(r, i, ")");
		if (!depth)
			break;
	}
	return i;
}

/* How does an item carry the column: its rule, "" for as it is, NULL for not
 * at all? */
static const char *
carries(const struct rebuild *r, const struct item *item, const char *column)
{
	size_t n = item->to - item->from, i = item->from;

	if (n == 3 && is_key(r, i, i + 1, r->old) && at(r, i + 1, ".")) {
		i += 2;
		n = 1;
	}
	if (!sql_mentions(r->dialect, text_of(r, i, item->to), column))
		return NULL;
	if (n == 1)
		return "";
	if (n >= 6 && (at(r, i, "coalesce") || at(r, i, "ifnull")) &&
	    at(r, i + 3, ",") &&
	    sql_mentions(r->dialect, text_of(r, i + 2, i + 3), column) &&
	    closes(r, i + 1) == item->to - 1)
		return "set-not-null";
	if (n > 5 && at(r, i, "cast") && at(r, i + 3, "as"))
		return "change-type";
	return "rewrite-column";
}

/* The best that any item does for the column. */
static const char *
fate(const struct rebuild *r, const char *column)
{
	const char *best = "drop-column";

	for (size_t i = 0; i < r->items.n; i++) {
		const char *rule = carries(r, &r->items.v[i], column);

		if (rule && !*rule)
			return NULL;
		if (rule)
			best = rule;
	}
	return best;
}

/* Puts what happens to the columns in the place of the finding on DROP. */
static void
explain(struct rebuild *r, const char *table, const struct names *columns)
{
	struct finding drop = r->out->v[r->drop];

	for (size_t i = r->drop + 1; i < r->out->n; i++)
		r->out->v[i - 1] = r->out->v[i];
	r->out->n--;
	for (size_t i = 0; i < columns->n; i++) {
		const char *name = fate(r, columns->v[i]);
		const struct rule *rule = name ? rule_named(name) : NULL;

		if (rule)
			vec_push(r->arena, r->out,
			    (struct finding){ .rule = rule->name,
				.class = rule->class,
				.message = rule->message,
				.hint = rule->hint,
				.object = arena_fmt(
				    r->arena, "%s.%s", table, columns->v[i]),
				.rows = -1,
				.destructive = true,
				.offset = drop.offset,
				.length = drop.length });
	}
}

/* The rename of a rebuild alone may be made in SQLite's old way, in which it
 * looks at no view and no trigger: on right before it, off right after. */
static bool
is_old_way(struct rebuild *r, const struct shape *s)
{
	bool on = !strcmp(s->text, "pragma legacy_alter_table = on ");
	bool off = !strcmp(s->text, "pragma legacy_alter_table = off ");

	if ((on && r->stage == DROPPED && !r->old_way) ||
	    (off && r->stage == DONE && r->old_way)) {
		r->old_way = on;
		return true;
	}
	r->broken |= r->old_way && !is_rename(r, s);
	return false;
}

/* Judges one statement and follows it. */
static void
judge(
    struct rebuild *r, struct sentinel_context *ctx, const struct statement *st)
{
	const struct shape *s = shape_of(r->arena, r->dialect, st);
	size_t first = r->out->n;
	enum stage before = r->stage;

	if (is_old_way(r, s))
		return;
	sentinel_judge(r->arena, ctx, r->dialect, st, r->out);
	follow(r, st, s);
	for (size_t i = first; i < r->out->n; i++) {
		r->out->v[i].offset += st->offset;
		if (before == COPIED && r->stage == DROPPED &&
		    !strcmp(r->out->v[i].rule, "drop-table"))
			r->drop = i;
	}
}

enum verdict
sentinel_judge_rebuild(struct arena *a, enum dialect d, const char *text,
    const char *table, const struct names *columns, struct findings *out)
{
	struct findings found = { 0 };
	struct rebuild r = { .arena = a, .dialect = d, .out = &found };
	struct sentinel_context ctx = { 0 };
	struct statements all = { 0 };
	struct buf name = { 0 };

	sql_ident(&name, d, table);
	r.old = sql_key(a, d, buf_str(&name));
	buf_release(&name);
	r.drop = SIZE_MAX;
	sql_split(a, &all, d, text, strlen(text));
	for (size_t i = 0; i < all.n; i++)
		judge(&r, &ctx, &all.v[i]);
	if (r.stage == DONE && !r.broken && !r.old_way && r.drop != SIZE_MAX)
		explain(&r, table, columns);
	for (size_t i = 0; i < found.n; i++)
		vec_push(a, out, found.v[i]);
	return findings_verdict(&found);
}
