/* postgres - the words and tokens of PostgreSQL
 *
 * As scan.l of PostgreSQL 15 has them, with the numbers of 16. A string goes
 * on in the next line, 'a' newline 'b', in the mode it began with, so that the
 * backslash of E'' still counts there. \r ends a comment. Strings are those of
 * standard_conforming_strings = on; deesse refuses a server that has it off.
 */
#include <string.h>
#include <strings.h>

#include "sql/lang.h"

/* pg_get_keywords() but the unreserved; reserved are its codes R and T. */
static const struct keyword keywords[] = {
	{ "all", true },
	{ "analyse", true },
	{ "analyze", true },
	{ "and", true },
	{ "any", true },
	{ "array", true },
	{ "as", true },
	{ "asc", true },
	{ "asymmetric", true },
	{ "authorization", true },
	{ "between", false },
	{ "bigint", false },
	{ "binary", true },
	{ "bit", false },
	{ "boolean", false },
	{ "both", true },
	{ "case", true },
	{ "cast", true },
	{ "char", false },
	{ "character", false },
	{ "check", true },
	{ "coalesce", false },
	{ "collate", true },
	{ "collation", true },
	{ "column", true },
	{ "concurrently", true },
	{ "constraint", true },
	{ "create", true },
	{ "cross", true },
	{ "current_catalog", true },
	{ "current_date", true },
	{ "current_role", true },
	{ "current_schema", true },
	{ "current_time", true },
	{ "current_timestamp", true },
	{ "current_user", true },
	{ "dec", false },
	{ "decimal", false },
	{ "default", true },
	{ "deferrable", true },
	{ "desc", true },
	{ "distinct", true },
	{ "do", true },
	{ "else", true },
	{ "end", true },
	{ "except", true },
	{ "exists", false },
	{ "extract", false },
	{ "false", true },
	{ "fetch", true },
	{ "float", false },
	{ "for", true },
	{ "foreign", true },
	{ "freeze", true },
	{ "from", true },
	{ "full", true },
	{ "grant", true },
	{ "greatest", false },
	{ "group", true },
	{ "grouping", false },
	{ "having", true },
	{ "ilike", true },
	{ "in", true },
	{ "initially", true },
	{ "inner", true },
	{ "inout", false },
	{ "int", false },
	{ "integer", false },
	{ "intersect", true },
	{ "interval", false },
	{ "into", true },
	{ "is", true },
	{ "isnull", true },
	{ "join", true },
	{ "lateral", true },
	{ "leading", true },
	{ "least", false },
	{ "left", true },
	{ "like", true },
	{ "limit", true },
	{ "localtime", true },
	{ "localtimestamp", true },
	{ "national", false },
	{ "natural", true },
	{ "nchar", false },
	{ "none", false },
	{ "normalize", false },
	{ "not", true },
	{ "notnull", true },
	{ "null", true },
	{ "nullif", false },
	{ "numeric", false },
	{ "offset", true },
	{ "on", true },
	{ "only", true },
	{ "or", true },
	{ "order", true },
	{ "out", false },
	{ "outer", true },
	{ "overlaps", true },
	{ "overlay", false },
	{ "placing", true },
	{ "position", false },
	{ "precision", false },
	{ "primary", true },
	{ "real", false },
	{ "references", true },
	{ "returning", true },
	{ "right", true },
	{ "row", false },
	{ "select", true },
	{ "session_user", true },
	{ "setof", false },
	{ "similar", true },
	{ "smallint", false },
	{ "some", true },
	{ "substring", false },
	{ "symmetric", true },
	{ "table", true },
	{ "tablesample", true },
	{ "then", true },
	{ "time", false },
	{ "timestamp", false },
	{ "to", true },
	{ "trailing", true },
	{ "treat", false },
	{ "trim", false },
	{ "true", true },
	{ "union", true },
	{ "unique", true },
	{ "user", true },
	{ "using", true },
	{ "values", false },
	{ "varchar", false },
	{ "variadic", true },
	{ "verbose", true },
	{ "when", true },
	{ "where", true },
	{ "window", true },
	{ "with", true },
	{ "xmlattributes", false },
	{ "xmlconcat", false },
	{ "xmlelement", false },
	{ "xmlexists", false },
	{ "xmlforest", false },
	{ "xmlnamespaces", false },
	{ "xmlparse", false },
	{ "xmlpi", false },
	{ "xmlroot", false },
	{ "xmlserialize", false },
	{ "xmltable", false },
};

#define ID "[A-Za-z0-9_$\\x80-\\xff]"
#define DIGITS "[0-9](?:_?+[0-9])*+"
#define EXPONENT "(?:[eE][-+]?+" DIGITS ")?+"

/* between two pieces of one string: white space with a newline */
#define GOES_ON                                                                \
	"'(?:[ \\t\\f\\x0b]++|--[^\\n\\r]*+)*+[\\n\\r]"                        \
	"(?:[ \\t\\n\\r\\f\\x0b]++|--[^\\n\\r]*+[\\n\\r])*+'"
#define ESCAPED "(?:[^'\\\\]++|''|\\\\[\\s\\S])*+"
#define PLAIN "(?:[^']++|'')*+"

/* A run of operator characters stops at a comment. The server gives the
 * trailing + and - of a run back unless it has one of ~!@#%^&|`?; no operator
 * has more than 63 characters, which keeps that linear. */
#define RUN(chars) "(?:(?!--|/\\*)[" chars "]){0,63}+"
#define SIGNS "-+*/<>="
#define MARKS "~!@#%^&|`?"

static const char tokens[] =
    "[eE]'" ESCAPED "(?:" GOES_ON ESCAPED ")*+(?:'(*:q)|[\\s\\S]*+(*:b))"
    "|(?:[uU]&|[bBxXnN])?+'" PLAIN "(?:" GOES_ON PLAIN
    ")*+(?:'(*:q)|[\\s\\S]*+(*:b))"
    "|(?:[uU]&)?+\"(?:[^\"]++|\"\")*+(?:\"(*:i)|[\\s\\S]*+(*:b))"
    "|[A-Za-z_\\x80-\\xff]" ID "*+(*:w)"
    "|\\$(?<tag>(?:[A-Za-z_\\x80-\\xff][A-Za-z0-9_\\x80-\\xff]*+)?+)\\$"
    "(?:(?:[^$]++|\\$(?!\\k<tag>\\$))*+\\$\\k<tag>\\$(*:q)|[\\s\\S]*+(*:b))"
    "|(?:0(?:[xX](?:_?+[0-9A-Fa-f])++|[oO](?:_?+[0-7])++|[bB](?:_?+[01])++)"
    "|" DIGITS "(?:\\.(?!\\.)(?:" DIGITS ")?+)?+" EXPONENT
    "|\\." DIGITS EXPONENT ")(*:n)"
    "|\\$[0-9]++(*:p)"
    "|::(*:o)|:=(*:o)|\\.\\.(*:o)|[(),;.\\[\\]:](*:o)"
    "|" RUN(SIGNS) "(?!--|/\\*)[" MARKS
		   "]" RUN(SIGNS MARKS) "(*:o)"
					"|(?:(?!--|/\\*)[" SIGNS
					"]){0,62}(?!--|/\\*)[*/<>=](*:o)"
					"|(?!--)[-+](*:o)"
					"|\\\\(?:;|[^\\n\\r]*+)(*:m)";

static bool
is_routine(struct body *b, const struct token *t)
{
	if (token_is(t, "function") || token_is(t, "procedure"))
		return true;
	if (!token_is(t, "create") && !token_is(t, "or") &&
	    !token_is(t, "replace"))
		b->words = 9;
	return false;
}

/* Only BEGIN ATOMIC opens a body; inside, CASE has an END of its own. After AS
 * or a point each of them is a label. */
static bool
body(struct body *b, const struct token *t)
{
	bool label = b->label, begin = b->begin;

	b->label = token_is(t, "as") || token_is(t, ".");
	b->begin = token_is(t, "begin");
	if (b->words < 4 && !b->routine) {
		b->words++;
		b->routine = is_routine(b, t);
	} else if (b->routine && !b->depth) {
		b->depth = begin && !b->parens && token_is(t, "atomic");
	} else if (b->depth && !label) {
		b->depth += token_is(t, "case");
		b->depth -= token_is(t, "end");
	}
	return b->depth > 0;
}

/* Does the line say STDIN, in any case, or PSTDIN? */
static bool
says_stdin(const struct token *t)
{
	static const char word[] = "stdin";

	for (size_t i = strlen(word); i <= t->len; i++)
		if (!strncasecmp(t->at + i - strlen(word), word, strlen(word)))
			return true;
	return false;
}

/* psql asks the server what it wants, and so reads data for whatever turns out
 * to be a COPY FROM STDIN; its own \copy may read from where it stands. */
static void
feeds(struct body *b, const struct token *t)
{
	static const char copy[] = "\\copy";

	if (t->kind == TOKEN_META) {
		b->feeds |= t->len > strlen(copy) &&
			    !strncasecmp(t->at, copy, strlen(copy)) &&
			    says_stdin(t);
		return;
	}
	if (!b->words)
		b->copy = token_is(t, "copy");
	if (!b->copy)
		return;
	b->feeds |= b->from && !b->parens && token_is(t, "stdin");
	b->from = token_is(t, "from");
}

const struct lang postgres_lang = {
	.space = "[ \\t\\n\\r\\f\\x0b]++",
	.comment = "--[^\\n\\r]*+"
		   "|(?<nest>/\\*(?:[^*/]++|\\*(?!/)|/(?!\\*)|(?&nest))*+\\*/)",
	.tokens = tokens,
	.keywords = keywords,
	.n_keywords = sizeof(keywords) / sizeof(*keywords),
	.folds = true,
	.home = "public",
	.portable = {
		[PORTABLE_NOW] = "now()",
		[PORTABLE_TODAY] = "CURRENT_DATE",
		[PORTABLE_UUID] = "gen_random_uuid()",
	},
	.body = body,
	.feeds = feeds,
};
