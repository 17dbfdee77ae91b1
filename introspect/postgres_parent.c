/* postgres_parent - which tables inherit from others, and what
 *
 * A parent that is not managed is no table here: that a table inherits from it
 * is a statement about the table (postgres_say.c), whose columns are then its
 * own.
 */
#include "introspect/postgres_object.h"

#include <string.h>

enum { CHILD_OID, CHILD_PARENT, CHILD_FAR };

static void
read_parent(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	struct postgres_relation *x =
	    postgres_relation(p, (uint32_t)db_int(r, CHILD_OID));
	struct postgres_relation *above =
	    postgres_relation(p, (uint32_t)db_int(r, CHILD_PARENT));

	if (!x || !above)
		return;
	vec_push(p->a, &x->table->parents,
	    (struct parent){
		.schema = above->table->schema, .name = above->table->name });
	vec_push(&p->scratch, &x->above, above);
	above->table->has_heirs = true;
	above->table->far_heirs = db_int(r, CHILD_FAR);
}

static bool
has_column(const struct postgres_relation *x, const char *name)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->columns[i] && !strcmp(x->columns[i]->name, name))
			return true;
	return false;
}

/* The server may have it from another parent, which is not managed. */
static void
read_column(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	struct postgres_relation *x =
	    postgres_relation(p, (uint32_t)db_int(r, 0));
	struct column *c = x ? postgres_column_at(x, db_int(r, 1)) : NULL;

	for (size_t i = 0; c && i < x->above.n; i++)
		c->inherited |= has_column(x->above.v[i], c->name);
}

static struct constraint *
check_named(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->constraints.n; i++)
		if (t->constraints.v[i]->kind == CONSTRAINT_CHECK &&
		    !strcmp(t->constraints.v[i]->name, name))
			return t->constraints.v[i];
	return NULL;
}

static void
read_check(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	struct postgres_relation *x =
	    postgres_relation(p, (uint32_t)db_int(r, 0));
	struct constraint *c = x ? check_named(x->table, db_text(r, 1)) : NULL;

	for (size_t i = 0; c && i < x->above.n; i++) {
		const struct constraint *up =
		    check_named(x->above.v[i]->table, c->name);

		c->inherited |= up && !up->no_inherit;
	}
	if (c && c->inherited)
		c->not_valid = false;
}

#define CHILDREN                                                               \
	" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"       \
	" AND " MANAGED("n") " AND c.relkind = 'r'"                            \
			     " AND NOT c.relispartition" POSTGRES_WRITTEN
#define ONLY_WRITTEN .written = " AND c.oid = ANY ($2::oid[])"

static const struct postgres_query queries[] = {
	{ .when = HAS_CHILD,
	    .sql = "SELECT c.oid, i.inhparent, EXISTS (SELECT"
		   " FROM pg_inherits o JOIN pg_class x ON x.oid = o.inhrelid"
		   " JOIN pg_namespace m ON m.oid = x.relnamespace"
		   " WHERE o.inhparent = i.inhparent AND NOT " MANAGED(
		       "m") ")" CHILDREN
			    " JOIN pg_inherits i ON i.inhrelid = c.oid"
			    " ORDER BY c.oid, i.inhseqno",
	    .read = read_parent,
	    ONLY_WRITTEN },
	{ .when = HAS_CHILD,
	    .sql = "SELECT a.attrelid, a.attnum" CHILDREN
		   " JOIN pg_attribute a ON a.attrelid = c.oid"
		   " WHERE a.attinhcount > 0 AND NOT a.attislocal"
		   " AND a.attnum > 0 AND NOT a.attisdropped",
	    .read = read_column,
	    ONLY_WRITTEN },
	{ .when = HAS_CHILD,
	    .sql = "SELECT k.conrelid, k.conname" CHILDREN
		   " JOIN pg_constraint k ON k.conrelid = c.oid"
		   " WHERE k.coninhcount > 0 AND NOT k.conislocal"
		   " AND k.contype = 'c'",
	    .read = read_check,
	    ONLY_WRITTEN },
};

const struct postgres_topic postgres_parents = { queries,
	sizeof(queries) / sizeof(*queries), NULL };
