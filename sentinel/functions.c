/* functions - what a call in a statement may do
 *
 * A migration that runs `SELECT f()` runs whatever f is, so only functions
 * that are known to read nothing but their arguments, or the time, or chance,
 * are let through. Names of types with a length are among them. Those that read
 * files or settings, change sequences, large objects or settings, send, sleep,
 * lock or run SQL are left out on purpose.
 */
#include "sentinel/functions.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sql/quote.h"

static const char *const words[] = { "abs", "acos", "age", "all", "any",
	"any_value", "array_agg", "array_append", "array_cat", "array_length",
	"array_position", "array_prepend", "array_remove", "array_replace",
	"array_to_json", "array_to_string", "ascii", "asin", "atan", "atan2",
	"avg", "bigint", "bit", "bit_and", "bit_length", "bit_or", "bool_and",
	"bool_or", "btrim", "by", "cardinality", "cbrt", "ceil", "ceiling",
	"changes", "char", "char_length", "character", "character_length",
	"chr", "coalesce", "concat", "concat_ws", "conflict", "cos", "count",
	"cube", "cume_dist", "current_database", "current_schema", "date",
	"date_bin", "date_part", "date_trunc", "datetime", "decimal", "decode",
	"degrees", "dense_rank", "div", "double", "encode", "every", "exp",
	"extract", "factorial", "filter", "first_value", "float", "floor",
	"format", "format_type", "gcd", "generate_series",
	"generate_subscripts", "geography", "geometry", "glob", "greatest",
	"group_concat", "halfvec", "hex", "ifnull", "iif", "include", "initcap",
	"instr", "int", "integer", "interval", "isfinite", "json", "json_agg",
	"json_array", "json_array_elements", "json_array_elements_text",
	"json_array_length", "json_build_array", "json_build_object",
	"json_each", "json_each_text", "json_extract", "json_extract_path",
	"json_extract_path_text", "json_group_array", "json_group_object",
	"json_insert", "json_object", "json_object_agg", "json_object_keys",
	"json_patch", "json_populate_record", "json_quote", "json_remove",
	"json_replace", "json_set", "json_strip_nulls", "json_to_record",
	"json_tree", "json_type", "json_typeof", "json_valid", "jsonb",
	"jsonb_agg", "jsonb_array_elements", "jsonb_array_elements_text",
	"jsonb_array_length", "jsonb_build_array", "jsonb_build_object",
	"jsonb_each", "jsonb_each_text", "jsonb_extract_path",
	"jsonb_extract_path_text", "jsonb_insert", "jsonb_object",
	"jsonb_object_agg", "jsonb_object_keys", "jsonb_pretty", "jsonb_set",
	"jsonb_strip_nulls", "jsonb_to_record", "jsonb_typeof", "julianday",
	"justify_days", "justify_hours", "key", "lag", "last_insert_rowid",
	"last_value", "lcm", "lead", "least", "length", "like", "likelihood",
	"likely", "ln", "log", "log10", "log2", "lower", "lpad", "ltrim",
	"make_date", "make_interval", "make_time", "make_timestamp",
	"make_timestamptz", "match", "materialized", "max", "md5", "min", "mod",
	"mode", "nchar", "normalize", "now", "nth_value", "ntile", "nullif",
	"numeric", "numnode", "nvarchar", "octet_length", "of", "over",
	"overlay", "parse_ident", "percent_rank", "percentile_cont",
	"percentile_disc", "phraseto_tsquery", "pi", "plainto_tsquery",
	"position", "pow", "power", "precision", "printf", "quote",
	"quote_ident", "quote_literal", "quote_nullable", "radians", "range",
	"rank", "real", "regexp_count", "regexp_instr", "regexp_like",
	"regexp_match", "regexp_matches", "regexp_replace",
	"regexp_split_to_array", "regexp_split_to_table", "regexp_substr",
	"repeat", "replace", "reverse", "rollup", "round", "row_number",
	"row_to_json", "rpad", "rtrim", "set", "sets", "setweight", "sha224",
	"sha256", "sha384", "sha512", "sign", "sin", "smallint", "soundex",
	"split_part", "sqlite_version", "sqrt", "starts_with",
	"statement_timestamp", "stddev", "stddev_pop", "stddev_samp",
	"strftime", "string_agg", "string_to_array", "string_to_table", "strip",
	"strpos", "substr", "substring", "sum", "tan", "text", "time",
	"timediff", "timestamp", "timestamptz", "tinyint", "to_char", "to_date",
	"to_hex", "to_json", "to_jsonb", "to_number", "to_timestamp",
	"to_tsquery", "to_tsvector", "total", "total_changes",
	"transaction_timestamp", "translate", "trim", "trunc", "ts_headline",
	"ts_rank", "ts_rank_cd", "typeof", "unhex", "unicode", "unixepoch",
	"unlikely", "unnest", "upper", "values", "var_pop", "var_samp",
	"varbit", "varchar", "variance", "vector", "version",
	"websearch_to_tsquery", "width_bucket", "within", "xml_is_well_formed",
	"zeroblob" };

static const char *const changing[] = { "clock_timestamp", "gen_random_uuid",
	"nextval", "random", "randomblob", "timeofday", "uuid_generate_v1",
	"uuid_generate_v1mc", "uuid_generate_v4", "uuidv4", "uuidv7" };

static int
compare(const void *key, const void *item)
{
	const struct token *t = key;
	const char *word = *(const char *const *)item;
	int order = strncasecmp(t->at, word, t->len);

	return order ? order : -(word[t->len] != '\0');
}

#define FIND(t, list)                                                          \
	bsearch((t), (list), sizeof(list) / sizeof(*(list)), sizeof(*(list)),  \
	    compare)

enum calls
calls_of(enum dialect d, const struct token *word)
{
	if (FIND(word, changing))
		return CALLS_VOLATILE;
	if (FIND(word, words) || sql_keyword(d, word->at, word->len))
		return CALLS_PURE;
	return CALLS_UNKNOWN;
}
