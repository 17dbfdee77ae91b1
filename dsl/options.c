/* options - the words of the language as a table */
#include "dsl/options.h"

#include <string.h>

#include "base/text.h"
#include "dsl/deesse/dsl.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define O(what, member, kind)                                                  \
	{                                                                      \
#member, OPTION_##kind,                                        \
		    offsetof(struct deesse_##what, member),                    \
		    sizeof(((struct deesse_##what *)0)->member), false         \
	}
#define ARGUMENT(what, member)                                                 \
	{                                                                      \
#member, OPTION_TEXT, offsetof(struct deesse_##what, member),  \
		    sizeof(const char *), true                                 \
	}

/* clang-format off */
#define FIELD(what)                                                            \
	O(what, required, FLAG), O(what, unique, FLAG), O(what, index, FLAG),  \
	O(what, primary_key, FLAG), O(what, stored, FLAG),                     \
	O(what, hidden, FLAG), O(what, array, FLAG), O(what, nullable, FLAG),  \
	O(what, collate, TEXT), O(what, on_conflict, TEXT),                    \
	O(what, backfill, TEXT), O(what, using, TEXT),                         \
	O(what, only, ONLY), O(what, was, WAS), O(what, column, TEXT),         \
	O(what, constraint, TEXT), O(what, default_value, TEXT),               \
	O(what, default_sql, TEXT), O(what, check, TEXT),                      \
	O(what, inherited, FLAG),                                              \
	O(what, generated, TEXT), O(what, comment, TEXT)

static const struct option text_options[] = {
	O(TEXT, min, INT64), O(TEXT, max, INT64), O(TEXT, match, TEXT),
	O(TEXT, lowercase, FLAG), FIELD(TEXT) };
static const struct option integer_options[] = {
	O(INTEGER, min, TEXT), O(INTEGER, max, TEXT), O(INTEGER, bits, INT),
	O(INTEGER, autoincrement, FLAG), O(INTEGER, identity, TEXT),
	FIELD(INTEGER) };
static const struct option real_options[] = {
	O(REAL, min, TEXT), O(REAL, max, TEXT), FIELD(REAL) };
static const struct option decimal_options[] = {
	O(DECIMAL, min, TEXT), O(DECIMAL, max, TEXT),
	O(DECIMAL, precision, INT), O(DECIMAL, scale, INT), FIELD(DECIMAL) };
static const struct option boolean_options[] = { FIELD(BOOLEAN) };
static const struct option timestamp_options[] = {
	O(TIMESTAMP, local, FLAG), FIELD(TIMESTAMP) };
static const struct option date_options[] = { FIELD(DATE) };
static const struct option uuid_options[] = { FIELD(UUID) };
static const struct option json_options[] = {
	O(JSON, plain, FLAG), FIELD(JSON) };
static const struct option blob_options[] = {
	O(BLOB, max, INT64), FIELD(BLOB) };
static const struct option enum_options[] = {
	O(ENUM, values, LIST), O(ENUM, values_was, WAS), O(ENUM, type, TEXT),
	FIELD(ENUM) };
static const struct option time_options[] = { FIELD(TIME) };
static const struct option interval_options[] = { FIELD(INTERVAL) };
static const struct option vector_options[] = {
	O(VECTOR, dimensions, INT), FIELD(VECTOR) };
static const struct option column_options[] = {
	O(COLUMN, type, TEXT), FIELD(COLUMN) };
static const struct option relation_options[] = {
	ARGUMENT(RELATION, target), O(RELATION, references, TEXT),
	O(RELATION, on_delete, ACTION), O(RELATION, on_update, ACTION),
	O(RELATION, match, TEXT), O(RELATION, deferrable, FLAG),
	O(RELATION, deferred, FLAG), O(RELATION, implicit, FLAG),
	O(RELATION, type, TEXT), O(RELATION, table, TEXT),
	O(RELATION, key, TEXT),
	FIELD(RELATION) };

static const struct option has_many_options[] = {
	ARGUMENT(HAS_MANY, target), O(HAS_MANY, by, TEXT),
	O(HAS_MANY, through, TEXT), O(HAS_MANY, from, TEXT),
	O(HAS_MANY, to, TEXT) };
static const struct option has_one_options[] = {
	ARGUMENT(HAS_ONE, target), O(HAS_ONE, by, TEXT) };
static const struct option index_options[] = {
	O(INDEX, on, PARTS), O(INDEX, include, PARTS), O(INDEX, where, TEXT),
	O(INDEX, method, TEXT), O(INDEX, with, TEXT), O(INDEX, name, TEXT),
	O(INDEX, comment, TEXT), O(INDEX, unique, FLAG),
	O(INDEX, nulls_not_distinct, FLAG), O(INDEX, only, ONLY),
	O(INDEX, was, WAS) };
static const struct option unique_options[] = {
	O(UNIQUE, on, PARTS), O(UNIQUE, include, PARTS), O(UNIQUE, name, TEXT),
	O(UNIQUE, comment, TEXT), O(UNIQUE, on_conflict, TEXT),
	O(UNIQUE, nulls_not_distinct, FLAG), O(UNIQUE, deferrable, FLAG),
	O(UNIQUE, deferred, FLAG), O(UNIQUE, only, ONLY) };
static const struct option check_options[] = {
	ARGUMENT(CHECK, sql), O(CHECK, name, TEXT), O(CHECK, comment, TEXT),
	O(CHECK, not_valid, FLAG), O(CHECK, no_inherit, FLAG),
	O(CHECK, unnamed, FLAG), O(CHECK, only, ONLY) };
static const struct option primary_key_options[] = {
	O(PRIMARY_KEY, on, PARTS), O(PRIMARY_KEY, include, PARTS),
	O(PRIMARY_KEY, constraint, TEXT), O(PRIMARY_KEY, comment, TEXT),
	O(PRIMARY_KEY, on_conflict, TEXT), O(PRIMARY_KEY, deferrable, FLAG),
	O(PRIMARY_KEY, deferred, FLAG) };
static const struct option foreign_key_options[] = {
	ARGUMENT(FOREIGN_KEY, target), O(FOREIGN_KEY, on, PARTS),
	O(FOREIGN_KEY, references, PARTS),
	O(FOREIGN_KEY, on_delete_set, PARTS), O(FOREIGN_KEY, name, TEXT),
	O(FOREIGN_KEY, comment, TEXT), O(FOREIGN_KEY, on_delete, ACTION),
	O(FOREIGN_KEY, on_update, ACTION), O(FOREIGN_KEY, match, TEXT),
	O(FOREIGN_KEY, deferrable, FLAG), O(FOREIGN_KEY, deferred, FLAG),
	O(FOREIGN_KEY, not_valid, FLAG), O(FOREIGN_KEY, implicit, FLAG),
	O(FOREIGN_KEY, table, TEXT), O(FOREIGN_KEY, only, ONLY) };
static const struct option exclude_options[] = {
	O(EXCLUDE, on, PARTS), O(EXCLUDE, include, PARTS),
	O(EXCLUDE, method, TEXT), O(EXCLUDE, where, TEXT),
	O(EXCLUDE, name, TEXT), O(EXCLUDE, comment, TEXT),
	O(EXCLUDE, deferrable, FLAG), O(EXCLUDE, deferred, FLAG),
	O(EXCLUDE, only, ONLY) };
static const struct option partition_by_options[] = {
	ARGUMENT(PARTITION_BY, method), O(PARTITION_BY, on, PARTS),
	O(PARTITION_BY, only, ONLY) };
static const struct option partition_options[] = {
	O(PARTITION, from, TEXT), O(PARTITION, to, TEXT),
	O(PARTITION, values, LIST), O(PARTITION, modulus, INT),
	O(PARTITION, remainder, INT), O(PARTITION, bound, TEXT),
	O(PARTITION, of, TEXT), O(PARTITION, partition_by, TEXT),
	O(PARTITION, name, TEXT), O(PARTITION, schema, TEXT),
	O(PARTITION, rest, FLAG) };
static const struct option policy_options[] = {
	O(POLICY, on, TEXT), O(POLICY, to, LIST), O(POLICY, using, TEXT),
	O(POLICY, with_check, TEXT), O(POLICY, restrictive, FLAG),
	O(POLICY, name, TEXT), O(POLICY, only, ONLY) };
static const struct option trigger_options[] = {
	O(TRIGGER, event, TEXT), O(TRIGGER, when, TEXT), O(TRIGGER, sql, TEXT),
	O(TRIGGER, execute, TEXT), O(TRIGGER, name, TEXT),
	O(TRIGGER, statement, FLAG), O(TRIGGER, only, ONLY) };
static const struct option permissions_options[] = {
	O(PERMISSIONS, create, RULE), O(PERMISSIONS, read, RULE),
	O(PERMISSIONS, update, RULE), O(PERMISSIONS, delete, RULE) };
static const struct option hooks_options[] = {
	O(HOOKS, before_create, TEXT), O(HOOKS, after_create, TEXT),
	O(HOOKS, before_update, TEXT), O(HOOKS, after_update, TEXT),
	O(HOOKS, before_delete, TEXT), O(HOOKS, after_delete, TEXT),
	O(HOOKS, before_read, TEXT), O(HOOKS, after_read, TEXT) };
static const struct option collection_options[] = {
	O(COLLECTION, label, TEXT), O(COLLECTION, id, ID),
	O(COLLECTION, id_required, FLAG),
	O(COLLECTION, no_timestamps, FLAG), O(COLLECTION, without_rowid, FLAG),
	O(COLLECTION, strict, FLAG), O(COLLECTION, only, ONLY),
	O(COLLECTION, was, WAS), O(COLLECTION, table, TEXT),
	O(COLLECTION, schema, TEXT), O(COLLECTION, constraint, TEXT),
	O(COLLECTION, comment, TEXT), O(COLLECTION, autoincrement, FLAG),
	O(COLLECTION, unlogged, FLAG), O(COLLECTION, row_security, FLAG),
	O(COLLECTION, force_row_security, FLAG),
	O(COLLECTION, row_security_off, FLAG),
	O(COLLECTION, on_conflict, TEXT), O(COLLECTION, inherits, LIST) };
static const struct option enum_type_options[] = {
	{ "values", OPTION_LIST, offsetof(struct deesse_ENUM_TYPE, values),
	    sizeof(const char *const *), true },
	O(ENUM_TYPE, values_was, WAS), O(ENUM_TYPE, was, WAS),
	O(ENUM_TYPE, name, TEXT), O(ENUM_TYPE, schema, TEXT),
	O(ENUM_TYPE, only, ONLY) };
static const struct option domain_type_options[] = {
	O(DOMAIN_TYPE, type, TEXT), O(DOMAIN_TYPE, check, TEXT),
	O(DOMAIN_TYPE, default_sql, TEXT), O(DOMAIN_TYPE, collate, TEXT),
	O(DOMAIN_TYPE, required, FLAG), O(DOMAIN_TYPE, name, TEXT),
	O(DOMAIN_TYPE, schema, TEXT), O(DOMAIN_TYPE, only, ONLY) };
static const struct option sequence_options[] = {
	O(SEQUENCE, type, TEXT), O(SEQUENCE, start, TEXT),
	O(SEQUENCE, increment, TEXT), O(SEQUENCE, min, TEXT),
	O(SEQUENCE, max, TEXT), O(SEQUENCE, cache, TEXT),
	O(SEQUENCE, cycle, FLAG), O(SEQUENCE, owned_by, TEXT),
	O(SEQUENCE, name, TEXT), O(SEQUENCE, schema, TEXT),
	O(SEQUENCE, only, ONLY) };
static const struct option view_options[] = {
	O(VIEW, sql, TEXT), O(VIEW, materialized, FLAG), O(VIEW, name, TEXT),
	O(VIEW, schema, TEXT), O(VIEW, only, ONLY) };
static const struct option extension_options[] = {
	O(EXTENSION, version, TEXT), O(EXTENSION, name, TEXT),
	O(EXTENSION, schema, TEXT), O(EXTENSION, only, ONLY) };
static const struct option ignore_options[] = {
	{ "patterns", OPTION_LIST, offsetof(struct deesse_IGNORE, patterns),
	    sizeof(const char *const *), true },
	O(IGNORE, only, ONLY) };
static const struct option config_options[] = {
	O(CONFIG, debounce_ms, INT), O(CONFIG, database, TEXT),
	O(CONFIG, database_env, TEXT), O(CONFIG, dialect, TEXT),
	O(CONFIG, role, TEXT), O(CONFIG, schemas, LIST),
	O(CONFIG, protect, LIST) };

#define K(what, arguments, field, options)                                     \
	{                                                                      \
		DEESSE_KIND_##what, sizeof(struct deesse_##what), #what,       \
		    arguments, field, options, COUNT(options)                  \
	}

const struct kind kinds[] = {
	K(COLLECTION, 1, false, collection_options),
	K(CONFIG, 0, false, config_options),
	K(TEXT, 1, true, text_options),
	K(INTEGER, 1, true, integer_options),
	K(REAL, 1, true, real_options),
	K(DECIMAL, 1, true, decimal_options),
	K(BOOLEAN, 1, true, boolean_options),
	K(TIMESTAMP, 1, true, timestamp_options),
	K(DATE, 1, true, date_options),
	K(UUID, 1, true, uuid_options),
	K(JSON, 1, true, json_options),
	K(BLOB, 1, true, blob_options),
	K(ENUM, 1, true, enum_options),
	K(RELATION, 2, true, relation_options),
	K(TIME, 1, true, time_options),
	K(INTERVAL, 1, true, interval_options),
	K(VECTOR, 1, true, vector_options),
	K(COLUMN, 1, true, column_options),
	K(HAS_MANY, 2, false, has_many_options),
	K(INDEX, 1, false, index_options),
	K(UNIQUE, 1, false, unique_options),
	K(CHECK, 2, false, check_options),
	K(PRIMARY_KEY, 0, false, primary_key_options),
	K(FOREIGN_KEY, 2, false, foreign_key_options),
	K(PERMISSIONS, 0, false, permissions_options),
	K(HOOKS, 0, false, hooks_options),
	K(HAS_ONE, 2, false, has_one_options),
	K(EXCLUDE, 1, false, exclude_options),
	K(PARTITION_BY, 1, false, partition_by_options),
	K(PARTITION, 1, false, partition_options),
	K(POLICY, 1, false, policy_options),
	K(TRIGGER, 1, false, trigger_options),
	K(ENUM_TYPE, 2, false, enum_type_options),
	K(DOMAIN_TYPE, 1, false, domain_type_options),
	K(SEQUENCE, 1, false, sequence_options),
	K(VIEW, 1, false, view_options),
	K(EXTENSION, 1, false, extension_options),
	K(IGNORE, 64, false, ignore_options),
};
const size_t kinds_n = COUNT(kinds);

static const char *const flags[] = { "true", "false" };
static const char *const actions[] = { "NO_ACTION", "RESTRICT", "CASCADE",
	"SET_NULL", "SET_DEFAULT" };
static const char *const ids[] = { "ID_INTEGER", "ID_UUID", "ID_NONE",
	"ID_AUTOINCREMENT" };
static const char *const onlys[] = { "SQLITE", "POSTGRES" };
static const char *const rules[] = { "NOBODY", "ANYONE", "LOGGED_IN", "OWNER",
	"ROLE", "SQL" };

const struct option_values option_values[] = {
	[OPTION_FLAG] = { "true or false", flags, COUNT(flags), "true" },
	[OPTION_INT] = { "a whole number", NULL, 0, "100" },
	[OPTION_INT64] = { "a whole number", NULL, 0, "100" },
	[OPTION_TEXT] = { "text", NULL, 0, "\"…\"" },
	[OPTION_WAS] = { "text, or WAS(…)", NULL, 0, "\"old\"" },
	[OPTION_LIST] = { "VALUES(…)", NULL, 0, "VALUES(\"a\", \"b\")" },
	[OPTION_PARTS] = { "names in braces", NULL, 0, "{\"a\", \"b\"}" },
	[OPTION_ACTION] = { "NO_ACTION, RESTRICT, CASCADE, SET_NULL or "
		"SET_DEFAULT", actions, COUNT(actions), "CASCADE" },
	[OPTION_ID] = { "ID_INTEGER, ID_AUTOINCREMENT, ID_UUID or ID_NONE", ids, COUNT(ids),
		"ID_UUID" },
	[OPTION_ONLY] = { "SQLITE or POSTGRES", onlys, COUNT(onlys),
		"POSTGRES" },
	[OPTION_RULE] = { "NOBODY, ANYONE, LOGGED_IN, OWNER(field), "
		"ROLE(\"name\") or SQL(\"…\")", rules, COUNT(rules), "ANYONE" },
};
/* clang-format on */

const struct kind *
kind_of(unsigned short kind)
{
	for (size_t i = 0; i < kinds_n; i++)
		if (kinds[i].kind == kind)
			return &kinds[i];
	return NULL;
}

static bool
same(const char *name, const char *s, size_t len)
{
	return *name == *s && !strncmp(name, s, len) && !name[len];
}

const struct kind *
kind_named(const char *name, size_t len)
{
	for (size_t i = 0; i < kinds_n; i++)
		if (same(kinds[i].name, name, len))
			return &kinds[i];
	return NULL;
}

const struct option *
kind_option(const struct kind *k, const char *name, size_t len)
{
	for (size_t i = 0; i < k->n; i++)
		if (!k->options[i].argument &&
		    same(k->options[i].name, name, len))
			return &k->options[i];
	return NULL;
}

/* Words that users of other tools write for ours, which no measure of
 * distance would find. */
static const struct {
	const char *theirs, *ours;
} synonyms[] = {
	{ "STRING", "TEXT" },
	{ "VARCHAR", "TEXT" },
	{ "CHAR", "TEXT" },
	{ "INT", "INTEGER" },
	{ "BIGINT", "INTEGER" },
	{ "NUMBER", "INTEGER" },
	{ "SERIAL", "INTEGER" },
	{ "FLOAT", "REAL" },
	{ "DOUBLE", "REAL" },
	{ "NUMERIC", "DECIMAL" },
	{ "MONEY", "DECIMAL" },
	{ "BOOL", "BOOLEAN" },
	{ "DATETIME", "TIMESTAMP" },
	{ "JSONB", "JSON" },
	{ "BYTES", "BLOB" },
	{ "BYTEA", "BLOB" },
	{ "BINARY", "BLOB" },
	{ "SELECT", "ENUM" },
	{ "REFERENCE", "RELATION" },
	{ "BELONGS_TO", "RELATION" },
	{ "FOREIGN", "FOREIGN_KEY" },
	{ "UNIQUE_INDEX", "INDEX" },
	{ "KEY", "INDEX" },
	{ "CONSTRAINT", "CHECK" },
	{ "MANY_TO_MANY", "HAS_MANY" },
	{ "EMAIL", "TEXT" },
	{ "URL", "TEXT" },
	{ "SLUG", "TEXT" },
	{ "TABLE", "COLLECTION" },
	{ "MODEL", "COLLECTION" },
	{ "ENTITY", "COLLECTION" },
};

const char *
kind_nearest(const char *s)
{
	const char *names[COUNT(kinds)];

	for (size_t i = 0; i < COUNT(synonyms); i++)
		if (text_same_nocase(synonyms[i].theirs, s))
			return synonyms[i].ours;
	for (size_t i = 0; i < kinds_n; i++) {
		names[i] = kinds[i].name;
		if (text_same_nocase(names[i], s))
			return names[i];
	}
	return text_nearest(s, names, kinds_n);
}

/* The same of options. */
static const struct {
	const char *theirs, *ours;
} option_synonyms[] = {
	{ "columns", "on" },
	{ "fields", "on" },
	{ "not_null", "required" },
	{ "notnull", "required" },
	{ "default", "default_value" },
	{ "length", "max" },
	{ "size", "max" },
	{ "maxlength", "max" },
	{ "pk", "primary_key" },
	{ "key", "primary_key" },
	{ "regex", "match" },
	{ "pattern", "match" },
	{ "predicate", "where" },
	{ "renamed_from", "was" },
	{ "ondelete", "on_delete" },
};

const char *
option_nearest(const struct kind *k, const char *s)
{
	const char *names[64];
	size_t n = 0;

	for (size_t i = 0; i < COUNT(option_synonyms); i++)
		if (text_same_nocase(option_synonyms[i].theirs, s) &&
		    kind_option(k, option_synonyms[i].ours,
			strlen(option_synonyms[i].ours)))
			return option_synonyms[i].ours;

	for (size_t i = 0; i < k->n && n < COUNT(names); i++)
		if (!k->options[i].argument)
			names[n++] = k->options[i].name;
	return text_nearest(s, names, n);
}
