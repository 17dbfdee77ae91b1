/* functions - what a call in a statement may do
 *
 * A migration that runs `SELECT f()` runs whatever f is, so only functions
 * that are known to read nothing but their arguments, or the time, or chance,
 * are let through, and only in the dialect whose own they are: `quote` of
 * SQLite is anybody's function in PostgreSQL. Those that read files or
 * settings, change large objects or settings, send, sleep, lock or run SQL are
 * left out on purpose. A word of the grammar that may name a function counts
 * only where the grammar has it: `by (` after GROUP, and not after SELECT.
 */
#include "sentinel/functions.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sql/quote.h"

/* functions that compute, and nothing else */
static const char *const sqlite_words[] = { "abs", "acos", "asin", "atan",
	"atan2", "avg", "cast", "ceil", "ceiling", "changes", "char",
	"coalesce", "concat", "concat_ws", "cos", "count", "cume_dist", "date",
	"datetime", "degrees", "dense_rank", "exp", "first_value", "floor",
	"format", "glob", "group_concat", "hex", "if", "ifnull", "iif", "instr",
	"json", "json_array", "json_array_length", "json_each",
	"json_error_position", "json_extract", "json_group_array",
	"json_group_object", "json_insert", "json_object", "json_patch",
	"json_pretty", "json_quote", "json_remove", "json_replace", "json_set",
	"json_tree", "json_type", "json_valid", "jsonb", "jsonb_array",
	"jsonb_extract", "jsonb_group_array", "jsonb_group_object",
	"jsonb_insert", "jsonb_object", "jsonb_patch", "jsonb_remove",
	"jsonb_replace", "jsonb_set", "julianday", "lag", "last_insert_rowid",
	"last_value", "lead", "length", "like", "likelihood", "likely", "ln",
	"log", "log10", "log2", "lower", "ltrim", "max", "min", "mod",
	"nth_value", "ntile", "nullif", "octet_length", "percent_rank", "pi",
	"pow", "power", "printf", "quote", "radians", "rank", "replace",
	"round", "row_number", "rtrim", "sign", "sin", "soundex",
	"sqlite_version", "sqrt", "strftime", "string_agg", "substr",
	"substring", "sum", "tan", "time", "timediff", "total", "total_changes",
	"trim", "trunc", "typeof", "unhex", "unicode", "unixepoch", "unlikely",
	"upper", "zeroblob" };

static const char *const postgres_words[] = { "abs", "acos", "age", "any_value",
	"array_agg", "array_append", "array_cat", "array_length",
	"array_position", "array_prepend", "array_remove", "array_replace",
	"array_reverse", "array_sort", "array_to_json", "array_to_string",
	"ascii", "asin", "atan", "atan2", "avg", "bit", "bit_and", "bit_length",
	"bit_or", "bool_and", "bool_or", "btrim", "cardinality", "casefold",
	"cbrt", "ceil", "ceiling", "char", "char_length", "character_length",
	"chr", "concat", "concat_ws", "cos", "count", "cume_dist",
	"current_database", "current_schema", "date", "date_bin", "date_part",
	"date_trunc", "decode", "degrees", "dense_rank", "div", "encode", "erf",
	"erfc", "every", "exp", "extract", "factorial", "first_value", "floor",
	"format", "format_type", "gamma", "gcd", "generate_series",
	"generate_subscripts", "initcap", "interval", "isfinite", "json_agg",
	"json_array", "json_array_elements", "json_array_elements_text",
	"json_array_length", "json_arrayagg", "json_build_array",
	"json_build_object", "json_each", "json_each_text", "json_exists",
	"json_extract_path", "json_extract_path_text", "json_object",
	"json_object_agg", "json_object_keys", "json_objectagg",
	"json_populate_record", "json_query", "json_scalar", "json_strip_nulls",
	"json_to_record", "json_typeof", "json_value", "jsonb_agg",
	"jsonb_array_elements", "jsonb_array_elements_text",
	"jsonb_array_length", "jsonb_build_array", "jsonb_build_object",
	"jsonb_each", "jsonb_each_text", "jsonb_extract_path",
	"jsonb_extract_path_text", "jsonb_insert", "jsonb_object",
	"jsonb_object_agg", "jsonb_object_keys", "jsonb_pretty", "jsonb_set",
	"jsonb_strip_nulls", "jsonb_to_record", "jsonb_typeof", "justify_days",
	"justify_hours", "lag", "last_value", "lcm", "lead", "left", "length",
	"lgamma", "ln", "log", "log10", "lower", "lpad", "ltrim", "make_date",
	"make_interval", "make_time", "make_timestamp", "make_timestamptz",
	"max", "md5", "min", "mod", "mode", "normalize", "now", "nth_value",
	"ntile", "numeric", "numnode", "octet_length", "overlay", "parse_ident",
	"percent_rank", "percentile_cont", "percentile_disc",
	"pg_input_is_valid", "phraseto_tsquery", "pi", "plainto_tsquery",
	"position", "pow", "power", "quote_ident", "quote_literal",
	"quote_nullable", "radians", "rank", "regexp_count", "regexp_instr",
	"regexp_like", "regexp_match", "regexp_matches", "regexp_replace",
	"regexp_split_to_array", "regexp_split_to_table", "regexp_substr",
	"repeat", "replace", "reverse", "right", "round", "row_number",
	"row_to_json", "rpad", "rtrim", "setweight", "sha224", "sha256",
	"sha384", "sha512", "sign", "sin", "split_part", "sqrt", "starts_with",
	"statement_timestamp", "stddev", "stddev_pop", "stddev_samp",
	"string_agg", "string_to_array", "string_to_table", "strip", "strpos",
	"substr", "substring", "sum", "tan", "text", "time", "timestamp",
	"timestamptz", "to_bin", "to_char", "to_date", "to_hex", "to_json",
	"to_jsonb", "to_number", "to_oct", "to_timestamp", "to_tsquery",
	"to_tsvector", "transaction_timestamp", "translate", "trunc",
	"ts_headline", "ts_rank", "ts_rank_cd", "unnest", "upper",
	"uuid_extract_timestamp", "uuid_extract_version", "var_pop", "var_samp",
	"varbit", "varchar", "variance", "version", "websearch_to_tsquery",
	"width_bucket", "xml_is_well_formed", "xmltext" };

static const char *const sqlite_changing[] = { "random", "randomblob" };

static const char *const postgres_changing[] = { "clock_timestamp",
	"gen_random_uuid", "nextval", "random", "random_normal", "timeofday",
	"uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v4", "uuidv4",
	"uuidv7" };

struct words {
	const char *const *v;
	size_t n;
};

#define WORDS(a)                                                               \
	{                                                                      \
		(a), sizeof(a) / sizeof(*(a))                                  \
	}

static const struct words pure[] = {
	[DIALECT_SQLITE] = WORDS(sqlite_words),
	[DIALECT_POSTGRES] = WORDS(postgres_words),
};

static const struct words changing[] = {
	[DIALECT_SQLITE] = WORDS(sqlite_changing),
	[DIALECT_POSTGRES] = WORDS(postgres_changing),
};

/* Words of the grammar that could also name a function, and the words after
 * which they do not; "" is whatever ends a value: a name, a number, a ). */
static const struct {
	const char *word;
	const char *const *after;
} grammar[] = {
#define AFTER(...) ((const char *const[]){ __VA_ARGS__, NULL })
	{ "by", AFTER("group", "order", "partition") },
	{ "conflict", AFTER("on") },
	{ "cube", AFTER("by") },
	{ "filter", AFTER(")") },
	{ "ilike", AFTER("", "not") },
	{ "include", AFTER(")") },
	{ "join", AFTER("", "inner", "outer", "left", "right", "full", "cross",
		      "natural") },
	{ "key", AFTER("primary", "foreign") },
	{ "match", AFTER("", "not") },
	{ "materialized", AFTER("as", "not") },
	{ "offset", AFTER("") },
	{ "over", AFTER(")") },
	{ "overlaps", AFTER("") },
	{ "range", AFTER("by", "as") },
	{ "regexp", AFTER("", "not") },
	{ "rollup", AFTER("by") },
	{ "set", AFTER("", "update", "*") },
	{ "sets", AFTER("grouping") },
};

/* Types that may have a length, which looks like a call. */
static const char *const types[] = { "bpchar", "character", "date", "datetime",
	"decimal", "double", "float", "geography", "geometry", "halfvec", "int",
	"integer", "nchar", "numeric", "nvarchar", "sparsevec", "text", "time",
	"timestamp", "timestamptz", "timetz", "tinyint", "varbit", "varchar",
	"vector" };

/* Keywords that can name a function, too: those that PostgreSQL allows there,
 * and those that SQLite takes for a name where they are none. */
static const char *const doubtful[] = { "abort", "action", "after", "always",
	"attach", "authorization", "before", "begin", "binary", "by", "cascade",
	"collation", "concurrently", "conflict", "cross", "current", "database",
	"deferred", "detach", "each", "exclude", "exclusive", "explain", "fail",
	"filter", "first", "following", "freeze", "full", "generated", "groups",
	"if", "ignore", "ilike", "immediate", "indexed", "inner", "instead",
	"is", "isnull", "join", "key", "last", "match", "materialized",
	"natural", "no", "notnull", "nulls", "of", "others", "outer", "over",
	"overlaps", "partition", "plan", "pragma", "preceding", "query",
	"range", "recursive", "regexp", "reindex", "release", "rename",
	"restrict", "rollback", "rows", "savepoint", "similar", "tablesample",
	"temp", "temporary", "ties", "trigger", "unbounded", "vacuum",
	"verbose", "view", "virtual", "without" };

static int
compare(const void *key, const void *item)
{
	const struct token *t = key;
	const char *word = *(const char *const *)item;
	int order = strncasecmp(t->at, word, t->len);

	return order ? order : -(word[t->len] != '\0');
}

static bool
is_in(const struct token *t, const struct words *list)
{
	return bsearch(t, list->v, list->n, sizeof(*list->v), compare);
}

/* Can the token end a value or name a thing, so that no call begins after it?
 * Some words of the grammar are no keywords. */
static bool
ends_value(enum dialect d, const struct token *t)
{
	static const char *const go_on[] = { "escape", "groups", "range",
		"return", "rows", "type", "uescape", "zone" };
	static const struct words list = WORDS(go_on);

	if (t->kind == TOKEN_WORD)
		return !sql_keyword(d, t->at, t->len) && !is_in(t, &list);
	return t->kind == TOKEN_NAME || t->kind == TOKEN_STRING ||
	       t->kind == TOKEN_NUMBER || t->kind == TOKEN_PARAM ||
	       token_is(t, ")") || token_is(t, "]");
}

static bool
is_grammar(enum dialect d, const struct token *word, const struct token *before)
{
	for (size_t i = 0; i < sizeof(grammar) / sizeof(*grammar); i++) {
		if (!token_is(word, grammar[i].word))
			continue;
		for (const char *const *p = grammar[i].after; *p; p++)
			if (**p ? token_is(before, *p) : ends_value(d, before))
				return true;
	}
	return false;
}

static bool
is_type(enum dialect d, const struct token *word, const struct token *before)
{
	static const struct words list = WORDS(types);

	return is_in(word, &list) &&
	       (token_is(before, "::") || token_is(before, "as") ||
		   token_is(before, "type") || ends_value(d, before));
}

enum calls
calls_of(enum dialect d, const struct token *word, const struct token *before)
{
	static const struct words names = WORDS(doubtful);

	if (is_in(word, &changing[d]))
		return CALLS_VOLATILE;
	if (is_in(word, &pure[d]) || is_type(d, word, before) ||
	    is_grammar(d, word, before))
		return CALLS_PURE;
	return sql_keyword(d, word->at, word->len) && !is_in(word, &names)
		   ? CALLS_PURE
		   : CALLS_UNKNOWN;
}
