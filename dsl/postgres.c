/* postgres - what collections become in PostgreSQL
 *
 * Types are spelt as format_type spells them, for the catalog is compared with
 * what stands here.
 */
#include <string.h>

#include "dsl/postgres.h"
#include "dsl/sense.h"
#include "sql/name.h"
#include "sql/quote.h"

static const char *const types[] = {
	[DEESSE_KIND_TEXT] = "text",
	[DEESSE_KIND_INTEGER] = "bigint",
	[DEESSE_KIND_REAL] = "double precision",
	[DEESSE_KIND_DECIMAL] = "numeric",
	[DEESSE_KIND_BOOLEAN] = "boolean",
	[DEESSE_KIND_TIMESTAMP] = "timestamp with time zone",
	[DEESSE_KIND_DATE] = "date",
	[DEESSE_KIND_UUID] = "uuid",
	[DEESSE_KIND_JSON] = "jsonb",
	[DEESSE_KIND_BLOB] = "bytea",
	[DEESSE_KIND_ENUM] = "", /* a type of its own */
	[DEESSE_KIND_TIME] = "time without time zone",
	[DEESSE_KIND_INTERVAL] = "interval",
	[DEESSE_KIND_VECTOR] = "vector",
};

static const char *
one_type(struct arena *a, const struct field *f)
{
	const struct deesse_VECTOR *v = (const void *)f->item;
	const struct deesse_COLUMN *c = (const void *)f->item;
	const struct deesse_TEXT *t = (const void *)f->item;
	const struct deesse_INTEGER *i = (const void *)f->item;
	const struct deesse_DECIMAL *d = (const void *)f->item;
	const struct deesse_TIMESTAMP *at = (const void *)f->item;
	const struct deesse_JSON *j = (const void *)f->item;

	switch (f->item ? f->kind : 0) {
	case DEESSE_KIND_TEXT:
		if (t->max > 0)
			return arena_fmt(
			    a, "character varying(%lld)", (long long)t->max);
		break;
	case DEESSE_KIND_INTEGER:
		if (i->bits == 16 || i->bits == 32)
			return i->bits == 16 ? "smallint" : "integer";
		break;
	case DEESSE_KIND_DECIMAL:
		if (d->precision)
			return arena_fmt(
			    a, "numeric(%d,%d)", d->precision, d->scale);
		break;
	case DEESSE_KIND_TIMESTAMP:
		if (at->local)
			return "timestamp without time zone";
		break;
	case DEESSE_KIND_JSON:
		if (j->plain)
			return "json";
		break;
	case DEESSE_KIND_VECTOR:
		if (v->dimensions)
			return arena_fmt(a, "vector(%d)", v->dimensions);
		break;
	case DEESSE_KIND_COLUMN:
		return postgres_type_name(a, c->type ? c->type : "");
	default:
		break;
	}
	return types[f->kind];
}

static const char *
type(struct arena *a, const struct field *f)
{
	const char *s = one_type(a, f);

	return f->options && f->options->array ? arena_fmt(a, "%s[]", s) : s;
}

static const char *
collation_wrong(const char *name)
{
	static const char *const others[] = { "BINARY", "NOCASE", "RTRIM" };

	if (!*name)
		return "a collation has a name";
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (!strcmp(name, others[i]))
			return "BINARY, NOCASE and RTRIM are collations of "
			       "SQLite; say .only = SQLITE";
	return NULL;
}

static void
checks(struct lowering *l, struct field *f)
{
	const struct deesse_BLOB *blob = (const void *)f->item;
	const struct deesse_TEXT *t = (const void *)f->item;

	if (f->kind == DEESSE_KIND_BLOB && blob->max > 0)
		vec_push(&l->brief, &l->checks,
		    arena_fmt(&l->brief, "octet_length(%s) <= %lld",
			quoted(l, f->as), (long long)blob->max));
	if (f->kind == DEESSE_KIND_TEXT && t && t->max > 10485760)
		tell(l, f->item, "max",
		    ".max of %s is more than PostgreSQL's 10485760; leave it "
		    "out",
		    f->name);
}

static void
match(struct lowering *l, struct field *f, const char *regex)
{
	struct buf b = { 0 };

	buf_fmt(&b, "%s ~ ", quoted(l, f->as));
	sql_literal(&b, l->dialect, regex);
	vec_push(&l->brief, &l->checks, arena_strdup(&l->brief, buf_str(&b)));
	buf_release(&b);
}

static const char *
literal(struct arena *a, const struct field *f, const char *value)
{
	struct buf b = { 0 };
	const char *s;

	switch (f->options && f->options->array ? 0 : f->kind) {
	case DEESSE_KIND_INTEGER:
	case DEESSE_KIND_REAL:
	case DEESSE_KIND_DECIMAL:
	case DEESSE_KIND_BOOLEAN:
		return value;
	case DEESSE_KIND_BLOB:
		value = arena_fmt(a, "\\x%s", value);
		break;
	default:
		break;
	}
	sql_literal(&b, DIALECT_POSTGRES, value);
	s = arena_strdup(a, buf_str(&b));
	buf_release(&b);
	return s;
}

static void
id(struct lowering *l, struct field *f, enum deesse_id kind)
{
	f->column->type = types[f->kind];
	f->column->not_null = true;
	if (kind == DEESSE_ID_UUID)
		f->column->default_value = lower_expr(l, NEW_UUID);
	else
		f->column->identity = IDENTITY_BY_DEFAULT;
}

static const struct refusal refusals[] = {
	{ 0, "on_conflict", "has no ON CONFLICT in a definition" },
	{ 0, "nullable", "has no NULL in a primary key" },
	{ DEESSE_KIND_CHECK, "unnamed", "gives every constraint a name" },
	{ 0, "implicit", "always keeps which columns a key refers to" },
	{ DEESSE_KIND_FOREIGN_KEY, "table", "refers to what is there only" },
	{ DEESSE_KIND_RELATION, "type",
	    "gives a relation the type of its key" },
	{ DEESSE_KIND_RELATION, "table", "has one spelling of a name" },
	{ DEESSE_KIND_RELATION, "key", "has one spelling of a name" },
	{ DEESSE_KIND_COLLECTION, "id_required", "has no key without a value" },
	{ 0, NULL, NULL },
};

const struct rules postgres_rules = {
	.title = "PostgreSQL",
	.only = DEESSE_ONLY_POSTGRES,
	.name_max = SQL_POSTGRES_NAME_MAX,
	.names_constraints = true,
	.one_check = true,
	.comments = true,
	.enum_types = true,
	.schemas = true,
	.bare_tables = true,
	.heirs = true,
	.index_methods = true,
	.own_schemas = "pg_",
	.autoincrement = IDENTITY_BY_DEFAULT,
	.refusals = refusals,
	.definers = postgres_definers,
	.senses = { postgres_senses, partition_senses },
	.collation_wrong = collation_wrong,
	.type = type,
	.checks = checks,
	.match = match,
	.literal = literal,
	.id = id,
};
