/* sqlite - what collections become in SQLite
 *
 * A declared type is only an affinity there, so checks say what a type means.
 * STRICT tables know five types; the others fall back to the one that stores
 * the same value.
 */
#include <string.h>

#include "dsl/lower.h"
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
};

static const char *
type(struct arena *a, const struct field *f)
{
	const struct deesse_DECIMAL *d = (const void *)f->item;

	if (f->of->table->strict)
		return types[f->kind].strict;
	if (f->kind == DEESSE_KIND_DECIMAL && d->precision)
		return arena_fmt(a, "DECIMAL(%d,%d)", d->precision, d->scale);
	return types[f->kind].type;
}

static void
add(struct lowering *l, struct field *f, const char *check)
{
	vec_push(l->arena, &f->checks, check);
}

static void
one_of_labels(struct lowering *l, struct field *f, const char *column)
{
	struct buf b = { 0 };

	buf_fmt(&b, "%s IN (", column);
	for (size_t i = 0; i < f->column->labels.n; i++) {
		if (i)
			buf_puts(&b, ", ");
		sql_literal(&b, l->dialect, f->column->labels.v[i]);
	}
	buf_putc(&b, ')');
	add(l, f, arena_strdup(l->arena, buf_str(&b)));
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

static void
checks(struct lowering *l, struct field *f)
{
	const char *column = quoted(l, f->column->name);
	const struct deesse_TEXT *t = (const void *)f->item;
	const struct deesse_BLOB *blob = (const void *)f->item;
	const struct deesse_INTEGER *i = (const void *)f->item;

	switch (f->kind) {
	case DEESSE_KIND_TEXT:
		if (t->max > 0)
			add(l, f,
			    arena_fmt(l->arena, "length(%s) <= %lld", column,
				(long long)t->max));
		break;
	case DEESSE_KIND_BLOB:
		if (blob->max > 0)
			add(l, f,
			    arena_fmt(l->arena, "length(%s) <= %lld", column,
				(long long)blob->max));
		break;
	case DEESSE_KIND_INTEGER:
		if (i && range(i->bits))
			add(l, f,
			    arena_fmt(
				l->arena, "%s %s", column, range(i->bits)));
		break;
	case DEESSE_KIND_BOOLEAN:
		add(l, f, arena_fmt(l->arena, "%s IN (0, 1)", column));
		break;
	case DEESSE_KIND_UUID:
		add(l, f, arena_fmt(l->arena, "length(%s) = 36", column));
		break;
	case DEESSE_KIND_JSON:
		/* json_valid(NULL) is 0 before SQLite 3.45 */
		add(l, f,
		    arena_fmt(l->arena, "%s IS NULL OR json_valid(%s)", column,
			column));
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

	if (match_glob(l->arena, &b, quoted(l, f->column->name), regex))
		add(l, f, arena_strdup(l->arena, buf_str(&b)));
	else
		tell(l, f->item, "match",
		    "SQLite has no regular expressions, and GLOB cannot say "
		    "'%s'; put .match into #ifdef DEESSE_POSTGRES, or say "
		    ".only "
		    "= POSTGRES",
		    regex);
	buf_release(&b);
}

static const char *
literal(struct arena *a, const struct field *f, const char *value)
{
	struct buf b = { 0 };
	const char *s;

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

static const struct object_words objects[] = {
	{ "view", OBJECT_VIEW, "CREATE VIEW " },
	{ "trigger", OBJECT_TRIGGER, "CREATE TRIGGER " },
};

const struct rules sqlite_rules = {
	.title = "SQLite",
	.only = DEESSE_ONLY_SQLITE,
	.expressions = {
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
	.inside_columns = true,
	.virtual_columns = true,
	.own_prefix = "sqlite_",
	.type = type,
	.checks = checks,
	.match = match,
	.literal = literal,
	.id = id,
	.objects = objects,
	.objects_n = sizeof(objects) / sizeof(*objects),
};
