/* style - what works, and will be regretted
 *
 * Shapes hide what stands in parentheses, and columns stand there, so this
 * reads the tokens once more; it runs only where somebody asks for it.
 */
#include "sentinel/style.h"

#include <string.h>

#include "sql/key.h"
#include "sql/quote.h"

VEC(tokens, struct token);

struct style {
	struct judge *judge;
	struct sentinel_context *ctx;
	struct tokens all;
	size_t padding, filled; /* bytes lost, bytes so far, of a table's row */
};

/* What a type says after its first word. */
enum after {
	AFTER_ANYTHING,
	AFTER_LENGTH,    /* (n) */
	AFTER_NO_LENGTH, /* anything else */
	AFTER_NO_ZONE,   /* no WITH TIME ZONE, with or without (n) */
};

/* Types by their first word: what is wrong with one, and how it lies in a row
 * (0: as long as its value). */
static const struct type {
	const char *word;
	const char *second; /* "varying", or NULL for any */
	enum after after;
	const char *rule; /* or NULL where nothing is wrong */
	unsigned char size, align;
	bool small; /* too small for a key */
} types[] = {
	{ "json", NULL, AFTER_ANYTHING, "prefer-jsonb", 0, 0, false },
	{ "character", "varying", AFTER_LENGTH, "varchar-limit", 0, 0, false },
	{ "char", "varying", AFTER_LENGTH, "varchar-limit", 0, 0, false },
	{ "character", "varying", AFTER_ANYTHING, NULL, 0, 0, false },
	{ "char", "varying", AFTER_ANYTHING, NULL, 0, 0, false },
	{ "varchar", NULL, AFTER_LENGTH, "varchar-limit", 0, 0, false },
	{ "char", NULL, AFTER_ANYTHING, "char-type", 0, 0, false },
	{ "nchar", NULL, AFTER_ANYTHING, "char-type", 0, 0, false },
	{ "bpchar", NULL, AFTER_ANYTHING, "char-type", 0, 0, false },
	{ "character", NULL, AFTER_ANYTHING, "char-type", 0, 0, false },
	{ "smallserial", NULL, AFTER_ANYTHING, "prefer-identity", 2, 2, true },
	{ "serial2", NULL, AFTER_ANYTHING, "prefer-identity", 2, 2, true },
	{ "serial", NULL, AFTER_ANYTHING, "prefer-identity", 4, 4, true },
	{ "serial4", NULL, AFTER_ANYTHING, "prefer-identity", 4, 4, true },
	{ "bigserial", NULL, AFTER_ANYTHING, "prefer-identity", 8, 8, false },
	{ "serial8", NULL, AFTER_ANYTHING, "prefer-identity", 8, 8, false },
	{ "timestamp", NULL, AFTER_NO_ZONE, "prefer-timestamptz", 8, 8, false },
	{ "timestamp", NULL, AFTER_ANYTHING, NULL, 8, 8, false },
	{ "timestamptz", NULL, AFTER_ANYTHING, NULL, 8, 8, false },
	{ "smallint", NULL, AFTER_ANYTHING, NULL, 2, 2, true },
	{ "int2", NULL, AFTER_ANYTHING, NULL, 2, 2, true },
	{ "integer", NULL, AFTER_ANYTHING, NULL, 4, 4, true },
	{ "int", NULL, AFTER_ANYTHING, NULL, 4, 4, true },
	{ "int4", NULL, AFTER_ANYTHING, NULL, 4, 4, true },
	{ "bigint", NULL, AFTER_ANYTHING, NULL, 8, 8, false },
	{ "int8", NULL, AFTER_ANYTHING, NULL, 8, 8, false },
	{ "boolean", NULL, AFTER_ANYTHING, NULL, 1, 1, false },
	{ "bool", NULL, AFTER_ANYTHING, NULL, 1, 1, false },
	{ "date", NULL, AFTER_ANYTHING, NULL, 4, 4, false },
	{ "real", NULL, AFTER_ANYTHING, NULL, 4, 4, false },
	{ "float4", NULL, AFTER_ANYTHING, NULL, 4, 4, false },
	{ "double", NULL, AFTER_ANYTHING, NULL, 8, 8, false },
	{ "float8", NULL, AFTER_ANYTHING, NULL, 8, 8, false },
	{ "time", NULL, AFTER_NO_ZONE, NULL, 8, 8, false },
	{ "money", NULL, AFTER_ANYTHING, NULL, 8, 8, false },
	{ "uuid", NULL, AFTER_ANYTHING, NULL, 16, 1, false },
	{ "interval", NULL, AFTER_ANYTHING, NULL, 16, 8, false },
};

#define PADDING_MUCH 8 /* bytes a row that are worth a word */
#define COLUMNS_MANY 3 /* of an index */

static const struct token *
at(const struct style *s, size_t i)
{
	static const struct token none = { .kind = TOKEN_END };

	return i < s->all.n ? &s->all.v[i] : &none;
}

static bool
is(const struct style *s, size_t i, const char *word)
{
	return i < s->all.n && token_is(&s->all.v[i], word);
}

/* Returns the place after what stands at i, parentheses as a whole. */
static size_t
skip(const struct style *s, size_t i)
{
	size_t depth = 0;

	do {
		depth += is(s, i, "(");
		depth -= depth && is(s, i, ")");
		i++;
	} while (depth && i < s->all.n);
	return i;
}

/* Returns the place of the comma or parenthesis that ends what begins at i. */
static size_t
end_of(const struct style *s, size_t i)
{
	while (i < s->all.n && !is(s, i, ",") && !is(s, i, ")"))
		i = skip(s, i);
	return i;
}

static size_t
name_end(const struct style *s, size_t i)
{
	while (is(s, i + 1, "."))
		i += 2;
	return i + 1;
}

static bool
is_followed(const struct style *s, size_t i, const struct type *type)
{
	bool length = is(s, i, "(");

	switch (type->after) {
	case AFTER_ANYTHING:
		return true;
	case AFTER_LENGTH:
		return length;
	case AFTER_NO_LENGTH:
		return !length;
	case AFTER_NO_ZONE:
		return !is(s, length ? skip(s, i) : i, "with");
	}
	return false;
}

/* Returns the row of the type that begins at i, and where it ends. */
static const struct type *
type_at(const struct style *s, size_t i, size_t *end)
{
	for (size_t k = 0; k < sizeof(types) / sizeof(*types); k++) {
		const struct type *type = &types[k];

		*end = i + 1 + (type->second != NULL);
		if (!is(s, i, type->word) ||
		    (type->second && !is(s, i + 1, type->second)) ||
		    !is_followed(s, *end, type))
			continue;
		if (is(s, *end, "("))
			*end = skip(s, *end);
		return type;
	}
	*end = i + 1;
	return NULL;
}

/* Says what is wrong with a type; returns its row, or NULL. */
static const struct type *
check_type(struct style *s, size_t i)
{
	size_t end;
	const struct type *type = type_at(s, i, &end);

	if (type && type->rule)
		judge_say(s->judge, type->rule, at(s, i), at(s, end - 1), NULL);
	return type;
}

static void
lay_out(struct style *s, const struct type *type, bool array)
{
	size_t gap;

	if (!type || !type->size || array) {
		s->filled = 0;
		return;
	}
	gap = (type->align - s->filled % type->align) % type->align;
	s->padding += gap;
	s->filled += gap + type->size;
}

/* A name that works only between quotes is misspelt sooner or later. */
static void
check_name(struct style *s, size_t i)
{
	const struct token *t = at(s, i);

	if (t->kind == TOKEN_NAME &&
	    sql_needs_quotes(s->judge->dialect,
		sql_unquote(s->judge->arena, s->judge->dialect, t->at, t->len)))
		judge_say(s->judge, "odd-name", t, t, NULL);
}

/* "name type …" from i to before end. */
static void
check_column(struct style *s, size_t i, size_t end)
{
	const struct type *type;
	bool array = false;

	check_name(s, i);
	type = check_type(s, i + 1);
	for (size_t k = i + 1; k < end; k = skip(s, k)) {
		array |= is(s, k, "[") || is(s, k, "array");
		if (type && type->small && is(s, k, "primary") &&
		    is(s, k + 1, "key"))
			judge_say(s->judge, "small-key", at(s, i), at(s, k + 1),
			    NULL);
	}
	lay_out(s, type, array);
}

static bool
is_constraint(const struct style *s, size_t i)
{
	static const char *const words[] = { "constraint", "check", "unique",
		"primary", "foreign", "exclude", "like" };

	for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
		if (is(s, i, words[k]))
			return true;
	return false;
}

static void
check_columns(struct style *s, size_t i)
{
	size_t first = i, end = i;

	for (; i < s->all.n; i = end + 1) {
		end = end_of(s, i);
		if (!is_constraint(s, i) && token_names(at(s, i)))
			check_column(s, i, end);
		if (!is(s, end, ","))
			break;
	}
	if (s->padding >= PADDING_MUCH)
		judge_say(s->judge, "column-order", at(s, first),
		    at(s, end > first ? end - 1 : first), NULL);
}

/* Where some names have a schema, one without means what search_path says. */
static void
check_schema(struct style *s, size_t i, size_t end)
{
	if (end > i + 1)
		s->ctx->qualifies = true;
	else if (s->ctx->qualifies)
		judge_say(
		    s->judge, "unqualified-name", at(s, i), at(s, i), NULL);
}

static size_t
skip_if(const struct style *s, size_t i)
{
	if (!is(s, i, "if"))
		return i;
	return i + 2 + is(s, i + 1, "not");
}

/* i is after CREATE … TABLE. */
static void
check_table(struct style *s, size_t i)
{
	size_t end;

	i = skip_if(s, i);
	end = name_end(s, i);
	check_schema(s, i, end);
	check_name(s, end - 1);
	if (is(s, end, "("))
		check_columns(s, end + 1);
}

/* i is after CREATE … INDEX. */
static void
check_index(struct style *s, size_t i, bool unique)
{
	size_t columns = 1, end, open;

	while (i < s->all.n && !is(s, i, "(")) {
		if (at(s, i)->kind == TOKEN_NAME && !is(s, i + 1, ".") &&
		    !is(s, i - 1, "on"))
			check_name(s, i);
		i++;
	}
	open = i++;
	for (; (end = end_of(s, i)) < s->all.n && is(s, end, ","); i = end + 1)
		columns++;
	if (!unique && columns > COLUMNS_MANY)
		judge_say(s->judge, "wide-index", at(s, open),
		    at(s, end < s->all.n ? end : s->all.n - 1), NULL);
}

static void
check_action(struct style *s, size_t i)
{
	size_t after = i + 1 + is(s, i + 1, "column");

	if (is(s, i, "add") && !is_constraint(s, i + 1)) {
		after = skip_if(s, after);
		s->padding = s->filled = 0;
		check_column(s, after, end_of(s, after));
	} else if (is(s, i, "alter")) {
		after += 1 + 2 * is(s, after + 1, "set");
		if (is(s, after, "type"))
			check_type(s, after + 1);
	}
}

/* i is after ALTER TABLE. */
static void
check_actions(struct style *s, size_t i)
{
	i = skip_if(s, i);
	i += is(s, i, "only");
	for (i = name_end(s, i); i < s->all.n; i = end_of(s, i) + 1)
		check_action(s, i);
}

static void
check_statement(struct style *s)
{
	size_t i = 1;
	bool unique;

	if (is(s, 0, "alter") && is(s, 1, "table")) {
		check_actions(s, 2);
		return;
	}
	if (!is(s, 0, "create"))
		return;
	while (is(s, i, "global") || is(s, i, "local") || is(s, i, "temp") ||
	       is(s, i, "temporary") || is(s, i, "unlogged") ||
	       is(s, i, "foreign"))
		i++;
	unique = is(s, i, "unique");
	if (is(s, i, "table"))
		check_table(s, i + 1);
	else if (is(s, i + unique, "index"))
		check_index(s, i + unique + 1, unique);
}

void
style_apply(struct judge *j, struct sentinel_context *ctx)
{
	struct style s = { .judge = j, .ctx = ctx };
	struct lexer l;
	struct token t;

	lex_init(&l, j->dialect, j->statement->text, j->statement->len);
	while (lex_next(&l, &t) &&
	       (s.all.n || token_is(&t, "create") || token_is(&t, "alter")))
		vec_push(j->arena, &s.all, t);
	lex_release(&l);
	check_statement(&s);
}
