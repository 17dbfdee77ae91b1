/* json - a schema as JSON, and back
 *
 * Each struct is a table of its members, which both directions walk, so that
 * one cannot know what the other does not. A member that says nothing is left
 * out, and one that is unknown is refused: it may mean what an older program
 * would lose.
 */
#include "schema/json.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "schema/json_member.h"

static const char *const type_kinds[] = {
	[TYPE_OTHER] = NULL,
	[TYPE_TEXT] = "text",
	[TYPE_INTEGER] = "integer",
	[TYPE_REAL] = "real",
	[TYPE_DECIMAL] = "decimal",
	[TYPE_BOOLEAN] = "boolean",
	[TYPE_TIMESTAMP] = "timestamp",
	[TYPE_DATE] = "date",
	[TYPE_TIME] = "time",
	[TYPE_INTERVAL] = "interval",
	[TYPE_UUID] = "uuid",
	[TYPE_JSON] = "json",
	[TYPE_BLOB] = "blob",
	[TYPE_ENUM] = "enum",
	[TYPE_VECTOR] = "vector",
};
static const char *const identities[] = {
	[IDENTITY_NONE] = NULL,
	[IDENTITY_ALWAYS] = "always",
	[IDENTITY_BY_DEFAULT] = "by default",
	[IDENTITY_AUTOINCREMENT] = "autoincrement",
};
static const char *const constraint_kinds[] = {
	[CONSTRAINT_PRIMARY_KEY] = "primary key",
	[CONSTRAINT_UNIQUE] = "unique",
	[CONSTRAINT_CHECK] = "check",
	[CONSTRAINT_FOREIGN_KEY] = "foreign key",
	[CONSTRAINT_EXCLUDE] = "exclude",
};
static const char *const actions[] = {
	[ACTION_UNSET] = NULL,
	[ACTION_NO_ACTION] = "NO ACTION",
	[ACTION_RESTRICT] = "RESTRICT",
	[ACTION_CASCADE] = "CASCADE",
	[ACTION_SET_NULL] = "SET NULL",
	[ACTION_SET_DEFAULT] = "SET DEFAULT",
};

static const struct member column_members[] = {
	NEEDED(column, name),
	MEMBER(TEXT, column, type),
	MEMBER(BOOL, column, not_null),
	NAMED(EXPR, column, default_value, "default"),
	MEMBER(EXPR, column, generated),
	MEMBER(BOOL, column, stored),
	WORD(column, identity, identities),
	MORE(TEXT, column, identity_options),
	MEMBER(TEXT, column, collation),
	MEMBER(TEXT, column, comment),
	MORE(TEXT, column, on_conflict),
	MEMBER(BOOL, column, inherited),
	MORE(EXPR, column, backfill),
	MORE(EXPR, column, conversion),
	MEMBER(TEXT, column, field),
	MEMBER(BOOL, column, hidden),
	WORD(column, kind, type_kinds),
	MEMBER(TEXT, column, enum_type),
	MORE(NAMES, column, was),
	MORE(NAMES, column, labels),
	MORE(NAMES, column, labels_was),
	MEMBER(SOURCE, column, source),
};
STRUCT(columns, column);

static const struct member part_members[] = {
	MEMBER(TEXT, part, column),
	MEMBER(EXPR, part, expr),
	MEMBER(BOOL, part, desc),
	MEMBER(TEXT, part, nulls),
	MEMBER(TEXT, part, collation),
	MEMBER(TEXT, part, opclass),
	MEMBER(TEXT, part, with),
};
STRUCT(parts, part);

static const struct member constraint_members[] = {
	WORD(constraint, kind, constraint_kinds),
	MEMBER(TEXT, constraint, name),
	MEMBER(TEXT, constraint, column),
	VALUES(constraint, parts, parts),
	MEMBER(EXPR, constraint, check),
	MEMBER(TEXT, constraint, target_schema),
	MEMBER(TEXT, constraint, target),
	MEMBER(NAMES, constraint, target_columns),
	WORD(constraint, on_delete, actions),
	WORD(constraint, on_update, actions),
	MORE(NAMES, constraint, delete_columns),
	MORE(TEXT, constraint, match),
	MEMBER(BOOL, constraint, deferrable),
	MEMBER(BOOL, constraint, deferred),
	MEMBER(BOOL, constraint, not_valid),
	MEMBER(BOOL, constraint, no_inherit),
	MEMBER(BOOL, constraint, inherited),
	MEMBER(BOOL, constraint, implicit),
	MEMBER(BOOL, constraint, nulls_not_distinct),
	MORE(TEXT, constraint, on_conflict),
	MORE(TEXT, constraint, method),
	MORE(EXPR, constraint, where),
	MORE(NAMES, constraint, include),
	MEMBER(TEXT, constraint, comment),
	MEMBER(SOURCE, constraint, source),
};
STRUCT(constraints, constraint);

static const struct member index_members[] = {
	NEEDED(index, name),
	VALUES(index, parts, parts),
	MEMBER(BOOL, index, unique),
	MEMBER(BOOL, index, nulls_not_distinct),
	MEMBER(BOOL, index, invalid),
	MEMBER(TEXT, index, method),
	MEMBER(EXPR, index, where),
	MEMBER(NAMES, index, include),
	MEMBER(TEXT, index, with),
	MEMBER(TEXT, index, comment),
	MEMBER(TEXT, index, sql),
	MEMBER(NAMES, index, was),
	MEMBER(SOURCE, index, source),
};
STRUCT(indexes, index);

static const struct member relation_members[] = {
	NEEDED(relation, name),
	NEEDED(relation, target),
	MEMBER(TEXT, relation, by),
	MEMBER(TEXT, relation, through),
	MEMBER(TEXT, relation, from),
	MEMBER(TEXT, relation, to),
	MEMBER(BOOL, relation, one),
	MEMBER(SOURCE, relation, source),
};
STRUCT(relations, relation);

static const struct member partition_members[] = {
	MEMBER(TEXT, partition, schema),
	NEEDED(partition, name),
	MEMBER(TEXT, partition, of),
	MEMBER(EXPR, partition, bound),
	MEMBER(EXPR, partition, partition_by),
	MEMBER(SOURCE, partition, source),
};
STRUCT(partitions, partition);

static const struct member parent_members[] = {
	MEMBER(TEXT, parent, schema),
	NEEDED(parent, name),
};
STRUCT(parents, parent);

static const struct member table_members[] = {
	NEEDED(table, name),
	MEMBER(TEXT, table, schema),
	LIST(table, columns, columns),
	LIST(table, constraints, constraints),
	LIST(table, indexes, indexes),
	MEMBER(BOOL, table, without_rowid),
	MEMBER(BOOL, table, strict),
	MEMBER(BOOL, table, unlogged),
	MEMBER(EXPR, table, partition_by),
	VALUES(table, partitions, partitions),
	VALUES(table, parents, parents),
	MEMBER(BOOL, table, has_heirs),
	MEMBER(BOOL, table, far_heirs),
	MEMBER(BOOL, table, row_security),
	MEMBER(BOOL, table, force_row_security),
	MEMBER(TEXT, table, comment),
	MEMBER(TEXT, table, sql),
	MEMBER(TEXT, table, slug),
	MEMBER(TEXT, table, label),
	MEMBER(NAMES, table, was),
	LIST(table, relations, relations),
	NAMED(BOOL, table, has_permissions, "permissions"),
	NAMED(BOOL, table, has_hooks, "hooks"),
	MEMBER(SOURCE, table, source),
};
STRUCT(tables, table);

static const struct member enum_type_members[] = {
	NEEDED(enum_type, name),
	MEMBER(TEXT, enum_type, schema),
	MEMBER(NAMES, enum_type, labels),
	MEMBER(NAMES, enum_type, was),
	MEMBER(NAMES, enum_type, labels_was),
	MEMBER(SOURCE, enum_type, source),
};
STRUCT(enums, enum_type);

static const struct member object_members[] = {
	NAMED(OBJECT, object, kind, "kind"),
	NEEDED(object, name),
	MEMBER(TEXT, object, schema),
	MEMBER(TEXT, object, table),
	MEMBER(TEXT, object, signature),
	MEMBER(TEXT, object, header),
	MEMBER(EXPR, object, sql),
	MEMBER(TEXT, object, drop),
	MEMBER(TEXT, object, unusable),
	MEMBER(SOURCE, object, source),
};
STRUCT(objects, object);

static const struct member schema_members[] = {
	NAMED(DIALECT, schema, dialect, "dialect"),
	LIST(schema, tables, tables),
	LIST(schema, enums, enums),
	LIST(schema, objects, objects),
	MEMBER(NAMES, schema, ignored),
	MEMBER(NAMES, schema, shut),
};
const struct members members_of_schema = { schema_members,
	sizeof(schema_members) / sizeof(*schema_members),
	sizeof(struct schema) };

const void *
member_at(const struct member *m, const void *thing)
{
	/* the largest of what is pointed to, saying nothing */
	static const union {
		struct column_more column;
		struct constraint_more constraint;
	} nothing;
	const char *in = thing;

	if (m->more_at)
		in = *(const char *const *)(in + m->more_at);
	return (in ? in : (const char *)&nothing) + m->offset;
}

void *
member_made(struct arena *a, const struct member *m, void *thing)
{
	char *in = thing;
	void **more = (void *)(in + m->more_at);

	if (!m->more_at)
		return in + m->offset;
	if (!*more)
		*more = arena_alloc(a, m->more_size);
	return (char *)*more + m->offset;
}

/* ---------------------------------- soundness ----------------------------- */

static bool
has_column(const struct schema *s, const struct table *t, const char *name,
    const char *where, struct err *err)
{
	if (table_column(s, t, name))
		return true;
	return err_fail(err,
	    "%s of table %s names the column '%s', which it "
	    "does not have",
	    where, t->name, name);
}

static bool
sound_parts(const struct schema *s, const struct table *t,
    const struct parts *parts, const char *where, struct err *err)
{
	for (size_t i = 0; i < parts->n; i++) {
		const struct part *p = &parts->v[i];

		if (!p->column == !p->expr.text)
			return err_fail(err,
			    "%s of table %s is on a part that is not one "
			    "column or one expression",
			    where, t->name);
		if (p->column && !has_column(s, t, p->column, where, err))
			return false;
	}
	return true;
}

static bool
sound_names(const struct schema *s, const struct table *t,
    const struct names *names, const char *where, struct err *err)
{
	for (size_t i = 0; i < names->n; i++)
		if (!has_column(s, t, names->v[i], where, err))
			return false;
	return true;
}

static bool
sound_constraint(const struct schema *s, const struct table *t,
    const struct constraint *c, struct err *err)
{
	bool check = c->kind == CONSTRAINT_CHECK;
	bool foreign = c->kind == CONSTRAINT_FOREIGN_KEY;

	if (check ? !c->check.text : !c->parts.n)
		return err_fail(
		    err, "a constraint of table %s says nothing", t->name);
	if (foreign && (!c->target || (!c->target_columns.n && !c->implicit)))
		return err_fail(err,
		    "a foreign key of table %s refers to nothing", t->name);
	if (c->column && !has_column(s, t, c->column, "a constraint", err))
		return false;
	return sound_parts(s, t, &c->parts, "a constraint", err) &&
	       sound_names(s, t, &constraint_more(c)->delete_columns,
		   "a constraint", err) &&
	       sound_names(
		   s, t, &constraint_more(c)->include, "a constraint", err);
}

static bool
sound_table(const struct schema *s, const struct table *t, struct err *err)
{
	for (size_t i = 0; i < t->constraints.n; i++)
		if (!sound_constraint(s, t, t->constraints.v[i], err))
			return false;
	for (size_t i = 0; i < t->indexes.n; i++) {
		const struct index *x = t->indexes.v[i];

		if (!x->parts.n)
			return err_fail(
			    err, "the index %s is on nothing", x->name);
		if (!sound_parts(s, t, &x->parts, "an index", err) ||
		    !sound_names(s, t, &x->include, "an index", err))
			return false;
	}
	return true;
}

bool
schema_is_sound(const struct schema *s, struct err *err)
{
	for (size_t i = 0; i < s->tables.n; i++)
		if (!sound_table(s, s->tables.v[i], err))
			return false;
	for (size_t i = 0; i < s->objects.n; i++)
		if (!s->objects.v[i]->sql.text)
			return err_fail(err, "the object %s has no text",
			    s->objects.v[i]->name);
	return true;
}

bool
schema_to_json(struct buf *out, const struct schema *s, struct err *err)
{
	return members_write(out, &members_of_schema, s, 0, 0, err);
}

struct schema *
schema_from_json(struct arena *a, const json_t *object, struct err *err)
{
	struct schema *s = arena_new(a, struct schema);

	if (!members_read(a, &members_of_schema, object, "schema", s, err))
		return NULL;
	schema_reindex(a, s);
	return schema_is_sound(s, err) ? s : NULL;
}
