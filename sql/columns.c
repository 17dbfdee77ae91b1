/* columns - the columns that an expression plainly names */
#include "sql/columns.h"

#include "sql/key.h"
#include "sql/lang.h"
#include "sql/reading.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* Words that stand between operands, and are never columns here. */
static const struct {
	const char *word;
	bool begins, ends; /* an operand right behind it, right before it */
} joints[] = {
	{ "and", true, true },
	{ "or", true, true },
	{ "not", true, true },
	{ "between", true, true },
	{ "like", true, true },
	{ "ilike", true, true },
	{ "glob", true, true },
	{ "regexp", true, true },
	{ "match", true, true },
	{ "to", true, false },
	{ "escape", true, true },
	{ "case", true, false },
	{ "when", true, true },
	{ "then", true, true },
	{ "else", true, true },
	{ "end", false, true },
	{ "placing", true, true },
	{ "from", true, false },
	{ "for", true, true },
	{ "in", false, true },
	{ "is", false, true },
	{ "isnull", false, true },
	{ "notnull", false, true },
	{ "similar", false, true },
	{ "collate", false, true },
	{ "at", false, true },
	{ "as", false, true },
	{ "desc", false, true },
	{ "asc", false, true },
	{ "overlaps", false, false },
	{ "distinct", false, false },
	{ "symmetric", false, false },
	{ "any", false, false },
	{ "some", false, false },
	{ "all", false, false },
	{ "true", false, false },
	{ "false", false, false },
	{ "null", false, false },
};

/* Calls whose arguments have words of their own. */
static const char *const odd_calls[] = { "bit", "char", "character", "dec",
	"decimal", "float", "interval", "json", "json_array", "json_arrayagg",
	"json_exists", "json_object", "json_objectagg", "json_query",
	"json_scalar", "json_serialize", "json_table", "json_value",
	"merge_action", "national", "nchar", "normalize", "numeric", "operator",
	"raise", "time", "timestamp", "treat", "varchar", "xmlattributes",
	"xmlconcat", "xmlelement", "xmlexists", "xmlforest", "xmlnamespaces",
	"xmlparse", "xmlpi", "xmlroot", "xmlserialize", "xmltable" };

/* What makes a parenthesis a query. */
static const char *const queries[] = { "select", "with", "values", "table" };

static const struct token *
token_at(const struct reading *r, size_t i)
{
	return peek(r, i); /* r->at stays 0 */
}

static bool
is_one_of(const struct token *t, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (token_is(t, words[i]))
			return true;
	return false;
}

/* Returns the row of the word, or -1. */
static int
joint_of(const struct token *t)
{
	for (size_t i = 0; t->kind == TOKEN_WORD && i < COUNT(joints); i++)
		if (token_is(t, joints[i].word))
			return (int)i;
	return -1;
}

bool
sql_is_joint(const struct token *t)
{
	return joint_of(t) >= 0;
}

bool
sql_begins_query(const struct token *t)
{
	return is_one_of(t, queries, COUNT(queries));
}

size_t
sql_closing(const struct reading *r, size_t i)
{
	size_t depth = 0;

	for (; i < r->tokens.n; i++) {
		depth += token_is(token_at(r, i), "(");
		depth -= token_is(token_at(r, i), ")");
		if (!depth)
			break;
	}
	return i;
}

/* Is nothing to be known of what stands in the parenthesis at i? */
static bool
is_odd(const struct reading *r, size_t i, bool in_type)
{
	const struct token *after = token_at(r, sql_closing(r, i) + 1);

	return in_type || after->kind == TOKEN_STRING ||
	       (i &&
		   is_one_of(token_at(r, i - 1), odd_calls, COUNT(odd_calls)));
}

/* Can an operand begin at i, by what stands before it? */
static bool
begins(const struct reading *r, size_t i)
{
	const struct token *t = i ? token_at(r, i - 1) : NULL;
	int joint;

	if (!t)
		return true;
	if (t->kind == TOKEN_OP)
		return !token_is(t, ")") && !token_is(t, "]") &&
		       !token_is(t, ".") && !token_is(t, "::");
	joint = joint_of(t);
	if (joint < 0 || !joints[joint].begins)
		return false;
	/* IS NOT DOCUMENT */
	return !token_is(t, "not") || i < 2 ||
	       !token_is(token_at(r, i - 2), "is");
}

/* Does an operand end before i, by what stands there? */
static bool
ends(const struct reading *r, size_t i)
{
	const struct token *t = token_at(r, i);
	int joint;

	if (t->kind == TOKEN_END)
		return true;
	if (t->kind == TOKEN_OP)
		return !token_is(t, "(") && !token_is(t, ".") &&
		       !token_is(t, "=>") && !token_is(t, ":=");
	joint = joint_of(t);
	return joint >= 0 && joints[joint].ends;
}

static bool
may_name(enum dialect d, const struct token *t)
{
	const struct keyword *k;

	if (!token_names(t) || joint_of(t) >= 0)
		return false;
	k = t->kind == TOKEN_WORD ? lang_keyword(sql_lang(d), t->at, t->len)
				  : NULL;
	return !k || !k->reserved;
}

static const char *
unquoted(const struct reading *r, size_t i)
{
	const struct token *t = token_at(r, i);

	return sql_unquote(r->a, r->d, t->at, t->len);
}

/* Is there a name, a point and a name at i, and no further point? */
static bool
is_pair(const struct reading *r, size_t i)
{
	return token_names(token_at(r, i)) &&
	       token_is(token_at(r, i + 1), ".") &&
	       token_names(token_at(r, i + 2)) &&
	       !(i && token_is(token_at(r, i - 1), "."));
}

static void
add(const struct reading *r, size_t of, size_t name, struct column_refs *out)
{
	vec_push(r->a, out,
	    (struct column_ref){
		.of = of == name ? NULL : unquoted(r, of),
		.name = unquoted(r, name),
		.at = *token_at(r, name),
	    });
}

/* Takes what is named at i. */
static void
look(const struct reading *r, size_t i, struct column_refs *out)
{
	if (!begins(r, i))
		return;
	if (is_pair(r, i) && ends(r, i + 3))
		add(r, i, i + 2, out);
	else if (may_name(r->d, token_at(r, i)) && ends(r, i + 1))
		add(r, i, i, out);
}

/* Does the type after :: go on with the token? */
static bool
is_type(const struct token *t)
{
	return (token_names(t) && joint_of(t) < 0) || token_is(t, ".") ||
	       token_is(t, "::");
}

/* Returns where to go on after CAST(… AS: at the end of the parenthesis. */
static size_t
after_type(const struct reading *r, size_t i)
{
	while (i < r->tokens.n && !token_is(token_at(r, i), ")"))
		i = token_is(token_at(r, i), "(") ? sql_closing(r, i) + 1
						  : i + 1;
	return i;
}

static void
ask(const struct reading *r, size_t i,
    void (*query)(void *context, const struct reading *inside), void *context)
{
	struct reading inside = *r;

	inside.tokens.v += i + 1;
	inside.tokens.n = sql_closing(r, i) - i - 1;
	if (query)
		query(context, &inside);
}

void
sql_columns_in(const struct reading *r, struct column_refs *out,
    void (*query)(void *context, const struct reading *inside), void *context)
{
	bool in_type = false;

	for (size_t i = 0; i < r->tokens.n; i++) {
		const struct token *t = token_at(r, i);
		bool opens = token_is(t, "(");
		bool asks = opens && sql_begins_query(token_at(r, i + 1));

		/* what is not one expression is not understood */
		if (t->kind == TOKEN_BAD || t->kind == TOKEN_META ||
		    token_is(t, "select"))
			return;
		if (asks && !is_odd(r, i, in_type))
			ask(r, i, query, context);
		if (asks || (opens && is_odd(r, i, in_type)))
			i = sql_closing(r, i);
		else if (token_is(t, "as"))
			i = after_type(r, i);
		else
			look(r, i, out);
		in_type = token_is(t, "::") || (in_type && is_type(t));
	}
}

void
sql_columns(
    struct arena *a, enum dialect d, const char *expr, struct column_refs *out)
{
	struct reading r;

	reading_init(&r, a, d, expr, strlen(expr));
	sql_columns_in(&r, out, NULL, NULL);
}

void
sql_columns_of(struct arena *a, enum dialect d, const char *text,
    const char *of, struct column_refs *out)
{
	struct reading r;

	reading_init(&r, a, d, text, strlen(text));
	for (size_t i = 0; i < r.tokens.n; i++)
		if (token_is(token_at(&r, i), of) && is_pair(&r, i) &&
		    !token_is(token_at(&r, i + 3), "(") &&
		    !token_is(token_at(&r, i + 3), "."))
			add(&r, i, i + 2, out);
}
