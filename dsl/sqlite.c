/* sqlite - what collections become in SQLite
 *
 * A declared type is only an affinity there, so checks say what a type means.
 * STRICT tables know five types; the others fall back to the one that stores
 * the same value.
 */
#include <string.h>

#include "dsl/lower.h"
#include "dsl/sense.h"
#include "sql/quote.h"

static const struct {
	const char *type, *strict;
} types[] = {
	[DEESSE_KIND_TEXT] = { "TEXT", "TEXT" },
	[DEESSE_KIND_INTEGER] = { "INTEGER", "INTEGER" },
	[DEESSE_KIND_REAL] = { "REAL", "REAL" },
	[DEESSE_KIND_DECIMAL] = { "DECIMAL", "REAL" },
	[DEESSE_KIND_BOOLEAN] = { "BOOLEAN", "INTEGER" },
	[DEESSE_KIND_TIMESTAMP] = { "TIMESTAMP", "TEXT" },
	[DEESSE_KIND_DATE] = { "DATE", "TEXT" },
	[DEESSE_KIND_UUID] = { "TEXT", "TEXT" },
	[DEESSE_KIND_JSON] = { "TEXT", "TEXT" },
	[DEESSE_KIND_BLOB] = { "BLOB", "BLOB" },
	[DEESSE_KIND_ENUM] = { "TEXT", "TEXT" },
	[DEESSE_KIND_TIME] = { "TIME", "TEXT" },
	[DEESSE_KIND_VECTOR] = { "BLOB", "BLOB" },
};

static const char *
type(struct arena *a, const struct field *f)
{
	const struct deesse_DECIMAL *d = (const void *)f->item;
	const struct deesse_COLUMN *c = (const void *)f->item;

	if (f->options && f->options->array)
		return "TEXT";
	if (f->kind == DEESSE_KIND_COLUMN)
		return c->type ? c->type : "";
	if (f->of->table->strict)
		return types[f->kind].strict;
	if (f->kind == DEESSE_KIND_DECIMAL && d->precision)
		return arena_fmt(a, "DECIMAL(%d,%d)", d->precision, d->scale);
	return types[f->kind].type;
}

static void
add(struct lowering *l, const char *check)
{
	vec_push(&l->brief, &l->checks, check);
}

static void
one_of_labels(struct lowering *l, struct field *f, const char *column)
{
	struct buf b = { 0 };

	buf_fmt(&b, "%s IN (", column);
	for (size_t i = 0; i < column_more(f->column)->labels.n; i++) {
		if (i)
			buf_puts(&b, ", ");
		sql_literal(
		    &b, l->dialect, column_more(f->column)->labels.v[i]);
	}
	buf_putc(&b, ')');
	add(l, arena_strdup(&l->brief, buf_str(&b)));
	buf_release(&b);
}

/* The range of an INTEGER of fewer bits. */
static const char *
range(int bits)
{
	return bits == 16   ? "BETWEEN -32768 AND 32767"
	       : bits == 32 ? "BETWEEN -2147483648 AND 2147483647"
			    : NULL;
}

/* A list in JSON. What its values are cannot be checked: a CHECK holds no
 * SELECT. */
static void
array(struct lowering *l, struct field *f, const char *column)
{
	const struct deesse_TEXT *t = (const void *)f->item;

	add(l, arena_fmt(&l->brief,
		   "%s IS NULL OR json_valid(%s) AND json_type(%s) = 'array'",
		   column, column, column));
	if (f->kind == DEESSE_KIND_ENUM ||
	    (f->kind == DEESSE_KIND_TEXT && t->max))
		tell(l, f->item, "array",
		    "SQLite cannot check the values in an array; say .only = "
		    "POSTGRES");
}

static void
checks(struct lowering *l, struct field *f)
{
	const char *column = quoted(l, f->as);
	const struct deesse_TEXT *t = (const void *)f->item;
	const struct deesse_BLOB *blob = (const void *)f->item;
	const struct deesse_INTEGER *i = (const void *)f->item;
	const struct deesse_VECTOR *v = (const void *)f->item;

	if (f->options && f->options->array) {
		array(l, f, column);
		return;
	}
	switch (f->kind) {
	case DEESSE_KIND_TEXT:
		if (t->max > 0)
			add(l, arena_fmt(&l->brief, "length(%s) <= %lld",
				   column, (long long)t->max));
		break;
	case DEESSE_KIND_BLOB:
		if (blob->max > 0)
			add(l, arena_fmt(&l->brief, "length(%s) <= %lld",
				   column, (long long)blob->max));
		break;
	case DEESSE_KIND_INTEGER:
		if (i && range(i->bits))
			add(l, arena_fmt(
				   &l->brief, "%s %s", column, range(i->bits)));
		break;
	case DEESSE_KIND_BOOLEAN:
		add(l, arena_fmt(&l->brief, "%s IN (0, 1)", column));
		break;
	case DEESSE_KIND_UUID:
		add(l, arena_fmt(&l->brief, "length(%s) = 36", column));
		break;
	case DEESSE_KIND_JSON:
		/* json_valid(NULL) is 0 before SQLite 3.45 */
		add(l, arena_fmt(&l->brief, "%s IS NULL OR json_valid(%s)",
			   column, column));
		break;
	case DEESSE_KIND_VECTOR:
		add(l, arena_fmt(&l->brief, "length(%s) = %d", column,
			   4 * v->dimensions));
		break;
	case DEESSE_KIND_ENUM:
		one_of_labels(l, f, column);
		break;
	default:
		break;
	}
}

static void
match(struct lowering *l, struct field *f, const char *regex)
{
	struct buf b = { 0 };

	if (match_glob(&l->brief, &b, quoted(l, f->as), regex))
		add(l, arena_strdup(&l->brief, buf_str(&b)));
	else
		tell(l, f->item, "match",
		    "SQLite has no regular expressions, and GLOB cannot say "
		    "'%s'; say .only = POSTGRES, and write the field once more "
		    "with .only = SQLITE",
		    regex);
	buf_release(&b);
}

static const char *
literal(struct arena *a, const struct field *f, const char *value)
{
	struct buf b = { 0 };
	const char *s;

	if (f->options && f->options->array)
		return "'[]'";
	switch (f->kind) {
	case DEESSE_KIND_INTEGER:
	case DEESSE_KIND_REAL:
	case DEESSE_KIND_DECIMAL:
		return value;
	case DEESSE_KIND_BOOLEAN:
		return !strcmp(value, "true") ? "1" : "0";
	case DEESSE_KIND_BLOB:
		return arena_fmt(a, "x'%s'", value);
	default:
		sql_literal(&b, DIALECT_SQLITE, value);
		s = arena_strdup(a, buf_str(&b));
		buf_release(&b);
		return s;
	}
}

/* INTEGER PRIMARY KEY is the rowid, and numbers itself. */
static void
id(struct lowering *l, struct field *f, enum deesse_id kind)
{
	f->column->type = types[f->kind].type;
	if (kind != DEESSE_ID_UUID)
		return;
	f->column->not_null = true;
	f->column->default_value = lower_expr(l, NEW_UUID);
}

/* An application may bring its own. */
static const char *
collation_wrong(const char *name)
{
	return *name ? NULL : "a collation has a name";
}

static void
view(struct lowering *l, struct buf *out, const struct deesse_item *item,
    const struct table *table)
{
	const struct deesse_VIEW *v = (const void *)item;

	if (!v->sql || !*v->sql) {
		tell(l, item, NULL,
		    "VIEW(%s) shows nothing; write .sql = \"SELECT …\"",
		    item->name);
		return;
	}
	buf_puts(out, "CREATE VIEW ");
	add_object_name(l, out, item, table);
	add_clause(l, out, " AS ", v->sql);
}

static void
trigger(struct lowering *l, struct buf *out, const struct deesse_item *item,
    const struct table *table)
{
	const struct deesse_TRIGGER *t = (const void *)item;
	const char *sql = t->sql ? t->sql : "";
	size_t n = strlen(sql);

	while (n && strchr("; \t\n", sql[n - 1]))
		n--;
	if (!t->event || !n) {
		tell(l, item, NULL,
		    "TRIGGER(%s) needs .event = \"after update\", and .sql = "
		    "\"…\", what it does, or .only = POSTGRES",
		    item->name);
		return;
	}
	buf_puts(out, "CREATE TRIGGER ");
	add_object_name(l, out, item, table);
	buf_fmt(out, " %s ON ", t->event);
	sql_ident(out, l->dialect, table->name);
	buf_puts(out, " FOR EACH ROW");
	add_clause(l, out, " WHEN ", t->when);
	add_clause(l, out, " BEGIN ", arena_strndup(l->arena, sql, n));
	buf_puts(out, "; END");
}

static const struct definer definers[] = {
	{ DEESSE_KIND_VIEW, view },
	{ DEESSE_KIND_TRIGGER, trigger },
	{ 0, NULL },
};

static const struct refusal refusals[] = {
	{ DEESSE_KIND_INTERVAL, NULL, "has no intervals" },
	{ DEESSE_KIND_EXCLUDE, NULL, "has no exclusion constraints" },
	{ DEESSE_KIND_PARTITION_BY, NULL, "cannot divide a table" },
	{ DEESSE_KIND_POLICY, NULL, "has no policies: a file is read whole" },
	{ DEESSE_KIND_DOMAIN_TYPE, NULL, "has no domains" },
	{ DEESSE_KIND_SEQUENCE, NULL, "has no sequences" },
	{ DEESSE_KIND_EXTENSION, NULL,
	    "keeps no extensions: a program loads them" },
	{ DEESSE_KIND_VIEW, "materialized", "has no materialized views" },
	{ DEESSE_KIND_TRIGGER, "statement", "runs triggers for each row only" },
	{ DEESSE_KIND_COLLECTION, "row_security", "has no row security" },
	{ DEESSE_KIND_COLLECTION, "force_row_security", "has no row security" },
	{ DEESSE_KIND_COLLECTION, "row_security_off", "has no row security" },
	{ DEESSE_KIND_INDEX, "method", "has no .method for an index" },
	{ DEESSE_KIND_INDEX, "with", "has no .with for an index" },
	{ 0, "nulls_not_distinct", "takes every NULL for another value" },
	{ 0, "include", "cannot include columns in an index" },
	{ 0, "not_valid", "checks nothing later" },
	{ DEESSE_KIND_INTEGER, "identity", "numbers the rows, no other field" },
	{ DEESSE_KIND_FOREIGN_KEY, "on_delete_set",
	    "sets all columns of the key" },
	{ 0, "no_inherit", "has no tables that inherit" },
	{ 0, "inherits", "has no tables that inherit" },
	{ 0, "inherited", "has no tables that inherit" },
	{ DEESSE_KIND_UNIQUE, "deferrable", "checks a key at once" },
	{ DEESSE_KIND_UNIQUE, "deferred", "checks a key at once" },
	{ DEESSE_KIND_PRIMARY_KEY, "deferrable", "checks a key at once" },
	{ DEESSE_KIND_PRIMARY_KEY, "deferred", "checks a key at once" },
	{ 0, NULL, NULL },
};

const struct rules sqlite_rules = {
	.title = "SQLite",
	.only = DEESSE_ONLY_SQLITE,
	.inside_columns = true,
	.virtual_columns = true,
	.key_order = true,
	.rowid_keys = true,
	.quoted_strings = true,
	.keeps_text = true,
	.autoincrement = IDENTITY_AUTOINCREMENT,
	.own_names = "sqlite_",
	.refusals = refusals,
	.definers = definers,
	.senses = { sqlite_senses },
	.collation_wrong = collation_wrong,
	.type = type,
	.checks = checks,
	.match = match,
	.literal = literal,
	.id = id,
};
