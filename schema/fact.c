/* fact - what of a schema counts, as tables */
#include "schema/fact.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define ROW(kind, label, type, field)                                          \
	{                                                                      \
		FACT_##kind, label, offsetof(struct type, field), NULL, 0      \
	}
#define ROW_UNSAID(kind, label, type, field, unsaid)                           \
	{                                                                      \
		FACT_##kind, label, offsetof(struct type, field), unsaid, 0    \
	}
/* Of struct type_more, to which `more` of struct type points. */
#define ROW_MORE(kind, label, type, field, unsaid)                             \
	{                                                                      \
		FACT_##kind, label, offsetof(struct type##_more, field),       \
		    unsaid, offsetof(struct type, more)                        \
	}
#define TABLE(name, word, rows)                                                \
	const struct facts name = { word, rows, sizeof(rows) / sizeof(*rows) }

const struct rules schema_rules[DIALECT_COUNT] = {
	[DIALECT_SQLITE] = { .fold = true, .collation = "BINARY" },
	[DIALECT_POSTGRES] = { .constraint_names = true,
	    .comments = true,
	    .collation = "default" },
};

static const struct fact of_column[] = {
	ROW(NAME, "", column, name),
	ROW_UNSAID(TYPE, "type", column, type, ""),
	ROW(BOOL, "not-null", column, not_null),
	ROW_MORE(WORD, "on-conflict", column, on_conflict, "ABORT"),
	ROW(EXPR, "default", column, default_value),
	ROW(EXPR, "generated", column, generated),
	ROW(BOOL, "stored", column, stored),
	ROW(IDENTITY, "identity", column, identity),
	ROW_MORE(TEXT, "numbered", column, identity_options, NULL),
	ROW(COLLATION, "collate", column, collation),
	ROW(COMMENT, "comment", column, comment),
};
TABLE(column_facts, "column", of_column);

/* constraint.column is where it was written, and means nothing. */
static const struct fact of_constraint[] = {
	ROW(CONSTRAINT, "", constraint, kind),
	ROW(OWN_NAME, "name", constraint, name),
	ROW(PARTS, "on", constraint, parts),
	ROW(EXPR, "that", constraint, check),
	ROW(NAME, "in", constraint, target_schema),
	ROW(NAME, "to", constraint, target),
	ROW(NAMES, "columns", constraint, target_columns),
	ROW(ACTION, "on-delete", constraint, on_delete),
	ROW(ACTION, "on-update", constraint, on_update),
	ROW_MORE(NAMES, "on-delete-columns", constraint, delete_columns, NULL),
	ROW_MORE(WORD, "match", constraint, match, "SIMPLE"),
	ROW(BOOL, "deferrable", constraint, deferrable),
	ROW(BOOL, "deferred", constraint, deferred),
	ROW(BOOL, "not-valid", constraint, not_valid),
	ROW(BOOL, "no-inherit", constraint, no_inherit),
	ROW(BOOL, "nulls-not-distinct", constraint, nulls_not_distinct),
	ROW_MORE(WORD, "on-conflict", constraint, on_conflict, "ABORT"),
	ROW_MORE(NAME, "method", constraint, method, NULL),
	ROW_MORE(EXPR, "where", constraint, where, NULL),
	ROW_MORE(NAMES, "include", constraint, include, NULL),
	ROW(COMMENT, "comment", constraint, comment),
};
TABLE(constraint_facts, "", of_constraint);

/* A part says its collation beside that of its column: none is default. */
static const struct fact of_part[] = {
	ROW(NAME, "", part, column),
	ROW(EXPR, "expr", part, expr),
	ROW(BOOL, "desc", part, desc),
	ROW(WORD, "nulls", part, nulls),
	ROW(NAME, "collate", part, collation),
	ROW(NAME, "opclass", part, opclass),
	ROW(TEXT, "with", part, with),
};
TABLE(part_facts, "", of_part);

static const struct fact of_index[] = {
	ROW(NAME, "", index, name),
	ROW(PARTS, "on", index, parts),
	ROW(BOOL, "unique", index, unique),
	ROW(BOOL, "nulls-not-distinct", index, nulls_not_distinct),
	ROW(BOOL, "invalid", index, invalid),
	ROW_UNSAID(NAME, "method", index, method, "btree"),
	ROW(EXPR, "where", index, where),
	ROW(NAMES, "include", index, include),
	ROW(OPTIONS, "with", index, with),
	ROW(COMMENT, "comment", index, comment),
};
TABLE(index_facts, "index", of_index);

static const struct fact of_partition[] = {
	ROW(NAME, "", partition, name),
	ROW(NAME, "in", partition, schema),
	ROW(NAME, "of", partition, of),
	ROW(EXPR, "holds", partition, bound),
	ROW(EXPR, "partition-by", partition, partition_by),
};
TABLE(partition_facts, "", of_partition);

static const struct fact of_parent[] = {
	ROW(NAME, "", parent, name),
	ROW(NAME, "in", parent, schema),
};
TABLE(parent_facts, "", of_parent);

static const struct fact of_table[] = {
	ROW(NAME, "", table, name),
	ROW(NAME, "in", table, schema),
	ROW(BOOL, "without-rowid", table, without_rowid),
	ROW(BOOL, "strict", table, strict),
	ROW(BOOL, "unlogged", table, unlogged),
	ROW(EXPR, "partition-by", table, partition_by),
	ROW(PARTITIONS, "partitions", table, partitions),
	ROW(PARENTS, "inherits", table, parents),
	ROW(BOOL, "row-security", table, row_security),
	ROW(BOOL, "force-row-security", table, force_row_security),
	ROW(COMMENT, "comment", table, comment),
};
TABLE(table_facts, "table", of_table);

static const struct fact of_enum[] = {
	ROW(NAME, "", enum_type, name),
	ROW(NAME, "in", enum_type, schema),
	ROW(LABELS, "labels", enum_type, labels),
};
TABLE(enum_facts, "enum", of_enum);

static const struct fact of_object[] = {
	ROW(OBJECT, "", object, kind),
	ROW(NAME, "", object, name),
	ROW(NAME, "in", object, schema),
	ROW(NAME, "on", object, table),
	ROW(TEXT, "takes", object, signature),
	ROW(EXPR, "as", object, sql),
};
TABLE(object_facts, "", of_object);

static bool
same(bool fold, const char *a, const char *b)
{
	if (!a || !b || a == b)
		return a == b;
	return fold ? text_same_nocase(a, b) : !strcmp(a, b);
}

bool
schema_same_name(enum dialect d, const char *a, const char *b)
{
	return same(schema_rules[d].fold, a, b);
}

/* SQLite keeps a type as it was typed: DECIMAL(12, 2) is DECIMAL(12,2). */
static bool
next_of_type(const char **s, char before, char *c)
{
	const char *p = *s;

	while (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r')
		p++;
	if (p > *s && before && *p && !strchr("(),", *p) &&
	    !strchr("(),", before)) {
		*c = ' ';
	} else {
		*c = *p;
		p += *p != '\0';
	}
	if (*c >= 'A' && *c <= 'Z')
		*c = (char)(*c + ('a' - 'A'));
	*s = p;
	return *c != '\0';
}

void
schema_fold_type(struct buf *out, const char *type)
{
	char c = '\0';

	while (next_of_type(&type, c, &c))
		buf_putc(out, c);
}

static bool
same_type(bool fold, const char *a, const char *b)
{
	char x = '\0', y = '\0';

	if (same(fold, a, b))
		return true;
	if (!fold || !a || !b)
		return false;
	do {
		next_of_type(&a, x, &x);
		next_of_type(&b, y, &y);
	} while (x == y && x);
	return x == y;
}

static const char *
expr_key(const struct expr *e)
{
	return e->key ? e->key : e->text;
}

static bool
counts(const struct rules *r, enum fact_kind kind)
{
	return (kind != FACT_OWN_NAME || r->constraint_names) &&
	       (kind != FACT_COMMENT || r->comments);
}

static const char *const identities[] = {
	[IDENTITY_NONE] = NULL,
	[IDENTITY_ALWAYS] = "always",
	[IDENTITY_BY_DEFAULT] = "by-default",
	[IDENTITY_AUTOINCREMENT] = "autoincrement",
};

static const char *const constraint_kinds[] = {
	[CONSTRAINT_PRIMARY_KEY] = "primary-key",
	[CONSTRAINT_UNIQUE] = "unique",
	[CONSTRAINT_CHECK] = "check",
	[CONSTRAINT_FOREIGN_KEY] = "foreign-key",
	[CONSTRAINT_EXCLUDE] = "exclude",
};

static const char *const actions[] = {
	[ACTION_UNSET] = NULL,
	[ACTION_NO_ACTION] = NULL,
	[ACTION_RESTRICT] = "RESTRICT",
	[ACTION_CASCADE] = "CASCADE",
	[ACTION_SET_NULL] = "SET NULL",
	[ACTION_SET_DEFAULT] = "SET DEFAULT",
};

const char *
action_sql(enum action action)
{
	return actions[action];
}

const void *
fact_at(const struct fact *f, const void *thing)
{
	static const union {
		struct column_more column;
		struct constraint_more constraint;
	} nothing;
	const char *in = thing;

	if (f->more_at)
		in = *(const char *const *)(in + f->more_at);
	return (in ? in : (const char *)&nothing) + f->offset;
}

const char *
fact_string(const struct rules *r, const struct fact *f, const void *thing)
{
	const void *at = fact_at(f, thing);
	const char *s;

	if (!counts(r, f->kind))
		return NULL;
	switch (f->kind) {
	case FACT_EXPR:
		return expr_key(at);
	case FACT_ACTION:
		return actions[*(const enum action *)at];
	case FACT_IDENTITY:
		return identities[*(const enum identity *)at];
	case FACT_CONSTRAINT:
		return constraint_kinds[*(const enum constraint_kind *)at];
	case FACT_OBJECT:
		return object_traits(*(const enum object_kind *)at)->label;
	case FACT_COLLATION:
		s = *(const char *const *)at;
		return same(r->fold, s, r->collation) ? NULL : s;
	case FACT_BOOL:
	case FACT_NAMES:
	case FACT_LABELS:
	case FACT_PARTS:
	case FACT_PARTITIONS:
	case FACT_PARENTS:
		return NULL;
	default:
		s = *(const char *const *)at;
		return s && f->unsaid && text_same_nocase(s, f->unsaid) ? NULL
									: s;
	}
}

static bool
names_equal(bool fold, const struct names *a, const struct names *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!same(fold, a->v[i], b->v[i]))
			return false;
	return true;
}

static bool
parts_equal(const struct rules *r, const struct parts *a, const struct parts *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!facts_equal(r, &part_facts, &a->v[i], &b->v[i]))
			return false;
	return true;
}

static bool
partitions_equal(const struct rules *r, const struct partitions *a,
    const struct partitions *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		const struct partition *p = &a->v[i];
		const struct partition *q = partition_named(b, p->name);

		if (!q || !facts_equal(r, &partition_facts, p, q))
			return false;
	}
	return true;
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *
fact_options(struct arena *a, const char *s)
{
	struct names all = { 0 };
	const char *end, *text = "";

	for (; *s; s = *end ? end + 2 : end) {
		end = strstr(s, ", ");
		if (!end)
			end = s + strlen(s);
		vec_push(a, &all, arena_strndup(a, s, (size_t)(end - s)));
	}
	if (all.n)
		qsort(all.v, all.n, sizeof(*all.v), by_text);
	for (size_t i = 0; i < all.n; i++)
		text = arena_fmt(a, "%s%s%s", text, i ? ", " : "", all.v[i]);
	return text;
}

static bool
options_equal(const char *a, const char *b)
{
	struct arena mem = { 0 };
	bool equal = same(false, a, b);

	if (!equal && a && b)
		equal = !strcmp(fact_options(&mem, a), fact_options(&mem, b));
	arena_release(&mem);
	return equal;
}

static bool
parents_equal(const struct parents *a, const struct parents *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!parent_named(b, a->v[i].schema, a->v[i].name))
			return false;
	return true;
}

static bool
fact_equal(
    const struct rules *r, const struct fact *f, const void *a, const void *b)
{
	const void *p = fact_at(f, a);
	const void *q = fact_at(f, b);
	const char *s, *t;

	switch (f->kind) {
	case FACT_BOOL:
		return *(const bool *)p == *(const bool *)q;
	case FACT_NAMES:
		return names_equal(r->fold, p, q);
	case FACT_LABELS:
		return names_equal(false, p, q);
	case FACT_PARTS:
		return parts_equal(r, p, q);
	case FACT_PARTITIONS:
		return partitions_equal(r, p, q);
	case FACT_PARENTS:
		return parents_equal(p, q);
	default:
		break;
	}
	s = fact_string(r, f, a);
	t = fact_string(r, f, b);
	switch (f->kind) {
	case FACT_TYPE:
		return same_type(r->fold, s, t);
	case FACT_NAME:
	case FACT_OWN_NAME:
	case FACT_COLLATION:
		return same(r->fold, s, t);
	case FACT_WORD:
		return same(true, s, t);
	case FACT_OPTIONS:
		return options_equal(s, t);
	default:
		return same(false, s, t);
	}
}

bool
facts_equal(
    const struct rules *r, const struct facts *f, const void *a, const void *b)
{
	for (size_t i = 0; i < f->n; i++)
		if (!fact_equal(r, &f->v[i], a, b))
			return false;
	return true;
}

bool
expr_equal(const struct expr *a, const struct expr *b)
{
	return same(false, expr_key(a), expr_key(b));
}
