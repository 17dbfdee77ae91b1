/* sqlite - the words and tokens of SQLite
 *
 * As tokenize.c of SQLite 3.40 has them. What it refuses as an illegal token
 * matches nothing here, and so becomes a TOKEN_BAD: \v, a lone ! or @, 12ab,
 * x'abc'. A comment may be left open at the end of the text. Digits may have
 * underscores (3.46).
 */
#include "sql/lang.h"

/* sqlite3_keyword_name(); reserved are those that the parser of 3.40 refuses
 * as the name of a column, which is tried and not read in a manual. */
static const struct keyword keywords[] = {
	{ "abort", false },
	{ "action", false },
	{ "add", true },
	{ "after", false },
	{ "all", true },
	{ "alter", true },
	{ "always", false },
	{ "analyze", false },
	{ "and", true },
	{ "as", true },
	{ "asc", false },
	{ "attach", false },
	{ "autoincrement", true },
	{ "before", false },
	{ "begin", false },
	{ "between", true },
	{ "by", false },
	{ "cascade", false },
	{ "case", true },
	{ "cast", true },
	{ "check", true },
	{ "collate", true },
	{ "column", false },
	{ "commit", true },
	{ "conflict", false },
	{ "constraint", true },
	{ "create", true },
	{ "cross", false },
	{ "current", false },
	{ "current_date", true },
	{ "current_time", true },
	{ "current_timestamp", true },
	{ "database", false },
	{ "default", true },
	{ "deferrable", true },
	{ "deferred", false },
	{ "delete", true },
	{ "desc", false },
	{ "detach", false },
	{ "distinct", true },
	{ "do", false },
	{ "drop", true },
	{ "each", false },
	{ "else", true },
	{ "end", false },
	{ "escape", true },
	{ "except", true },
	{ "exclude", false },
	{ "exclusive", false },
	{ "exists", true },
	{ "explain", false },
	{ "fail", false },
	{ "filter", false },
	{ "first", false },
	{ "following", false },
	{ "for", false },
	{ "foreign", true },
	{ "from", true },
	{ "full", false },
	{ "generated", false },
	{ "glob", false },
	{ "group", true },
	{ "groups", false },
	{ "having", true },
	{ "if", false },
	{ "ignore", false },
	{ "immediate", false },
	{ "in", true },
	{ "index", true },
	{ "indexed", false },
	{ "initially", false },
	{ "inner", false },
	{ "insert", true },
	{ "instead", false },
	{ "intersect", true },
	{ "into", true },
	{ "is", true },
	{ "isnull", true },
	{ "join", true },
	{ "key", false },
	{ "last", false },
	{ "left", false },
	{ "like", false },
	{ "limit", true },
	{ "match", false },
	{ "materialized", false },
	{ "natural", false },
	{ "no", false },
	{ "not", true },
	{ "nothing", true },
	{ "notnull", true },
	{ "null", true },
	{ "nulls", false },
	{ "of", false },
	{ "offset", false },
	{ "on", true },
	{ "or", true },
	{ "order", true },
	{ "others", false },
	{ "outer", false },
	{ "over", false },
	{ "partition", false },
	{ "plan", false },
	{ "pragma", false },
	{ "preceding", false },
	{ "primary", true },
	{ "query", false },
	{ "raise", true },
	{ "range", false },
	{ "recursive", false },
	{ "references", true },
	{ "regexp", false },
	{ "reindex", false },
	{ "release", false },
	{ "rename", false },
	{ "replace", false },
	{ "restrict", false },
	{ "returning", true },
	{ "right", false },
	{ "rollback", false },
	{ "row", false },
	{ "rows", false },
	{ "savepoint", false },
	{ "select", true },
	{ "set", true },
	{ "table", true },
	{ "temp", false },
	{ "temporary", false },
	{ "then", true },
	{ "ties", false },
	{ "to", true },
	{ "transaction", true },
	{ "trigger", false },
	{ "unbounded", false },
	{ "union", true },
	{ "unique", true },
	{ "update", true },
	{ "using", true },
	{ "vacuum", false },
	{ "values", true },
	{ "view", false },
	{ "virtual", false },
	{ "when", true },
	{ "where", true },
	{ "window", false },
	{ "with", false },
	{ "without", false },
};

#define ID "[A-Za-z0-9_$\\x80-\\xff]"
#define DIGITS "[0-9](?:_?+[0-9])*+"
#define EXPONENT "(?:[eE][-+]?+" DIGITS ")?+"

static const char tokens[] =
    "[xX]'(?:[0-9A-Fa-f]{2})*+'(*:q)"
    "|(?![xX]')[A-Za-z_\\x80-\\xff]" ID "*+(*:w)"
    "|'(?:[^']++|'')*+'(*:q)"
    "|\"(?:[^\"]++|\"\")*+\"(*:i)"
    "|`(?:[^`]++|``)*+`(*:i)"
    "|\\[[^\\]]*+\\](*:i)"
    "|(?:0[xX][0-9A-Fa-f](?:_?+[0-9A-Fa-f])*+|" DIGITS "(?:\\.(?:" DIGITS
    ")?+)?+" EXPONENT "|\\." DIGITS EXPONENT ")(?!" ID ")(*:n)"
    "|\\?[0-9]*+(*:p)"
    /* Tcl's variables: $a::b(anything but space) */
    "|[$@#:](?:::)*+" ID "(?:" ID "++|::)*+"
    "(?:\\([^) \\t\\n\\f\\r\\x00]*+\\)|(?!\\())(*:p)"
    "|->>?+(*:o)|\\|\\|(*:o)|<[<=>]?+(*:o)|>[>=]?+(*:o)|==?+(*:o)|!=(*:o)"
    "|/(?!\\*[\\s\\S])(*:o)|-(?!-)(*:o)|[.](?![0-9])(*:o)"
    "|[+*%&|~(),;](*:o)";

static bool
is_trigger(struct body *b, const struct token *t)
{
	static const char *const between[] = { "explain", "query", "plan",
		"create", "temp", "temporary" };

	if (token_is(t, "trigger"))
		return true;
	for (size_t i = 0; i < sizeof(between) / sizeof(*between); i++)
		if (token_is(t, between[i]))
			return false;
	b->words = 9; /* past where TRIGGER could stand */
	return false;
}

/* A trigger's body ends at the first END that follows a semicolon; the END of
 * a CASE never does. A semicolon before BEGIN is a mistake and ends it. */
static bool
body(struct body *b, const struct token *t)
{
	if (b->words < 6 && !b->routine) {
		b->words++;
		b->routine = is_trigger(b, t);
	} else if (b->routine && !b->depth) {
		b->depth = token_is(t, "begin");
	} else if (b->depth && b->semicolon && token_is(t, "end")) {
		b->depth = 0;
		b->routine = false;
		b->words = 9;
	}
	return b->depth > 0;
}

const struct lang sqlite_lang = {
	.space = "(?:[ \\t\\n\\f\\r]++|\\xef\\xbb\\xbf)++",
	.comment = "--[^\\n]*+"
		   "|/\\*(?=[\\s\\S])(?:[^*]++|\\*(?!/))*+(?:\\*/)?+",
	.tokens = tokens,
	.keywords = keywords,
	.n_keywords = sizeof(keywords) / sizeof(*keywords),
	.capitals = true,
	.nocase = true,
	.loose_words = true,
	.bare_parts = true,
	.string_names = true,
	.portable = {
		[PORTABLE_NOW] = "CURRENT_TIMESTAMP",
		[PORTABLE_TODAY] = "CURRENT_DATE",
		/* version 4: 122 random bits */
		[PORTABLE_UUID] = "lower(hex(randomblob(4)) || '-' || "
			"hex(randomblob(2)) || '-4' || "
			"substr(hex(randomblob(2)), 2) || '-' || "
			"substr('89AB', 1 + (random() & 3), 1) || "
			"substr(hex(randomblob(2)), 2) || '-' || "
			"hex(randomblob(6)))",
	},
	.body = body,
};
