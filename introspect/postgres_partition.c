/* postgres_partition - which tables are parts of others
 *
 * The parts of a table are one list, those of a part behind it, however deep.
 */
#include "introspect/postgres.h"

#include <string.h>

enum { PART_OID, PART_PARENT, PART_BOUND };

static void
read_parent(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	struct postgres_relation *part =
	    postgres_relation(p, (uint32_t)db_int(r, PART_OID));
	struct postgres_relation *parent =
	    postgres_relation(p, (uint32_t)db_int(r, PART_PARENT));
	static const char words[] = "FOR VALUES ";
	const char *bound = db_text(r, PART_BOUND);

	if (!part || !parent)
		return;
	if (!strncmp(bound, words, strlen(words)))
		bound += strlen(words);
	part->bound = postgres_share_expr(p, bound);
	vec_push(&p->scratch, &parent->parts, part);
}

/* -- the list ------------------------------------------------------------- */

static const char *
schema_beside(const struct table *root, const struct table *t)
{
	if (schema_same_name(DIALECT_POSTGRES, root->schema, t->schema))
		return NULL;
	return t->schema ? t->schema : "public";
}

static void
add_parts(struct postgres_pass *p, struct table *root,
    const struct postgres_relation *parent)
{
	for (size_t i = 0; i < parent->parts.n; i++) {
		const struct postgres_relation *x = parent->parts.v[i];
		struct partition part = {
			.schema = schema_beside(root, x->table),
			.name = x->table->name,
			.of = parent->partition ? parent->table->name : NULL,
			.bound = x->bound,
			.partition_by = x->table->partition_by,
		};

		vec_push(p->a, &root->partitions, part);
		add_parts(p, root, x);
	}
}

static bool
finish(struct postgres_pass *p)
{
	for (size_t i = 0; i < p->relations.n; i++)
		if (!p->relations.v[i]->partition)
			add_parts(
			    p, p->relations.v[i]->table, p->relations.v[i]);
	return true;
}

static const struct postgres_query queries[] = {
	{ .when = HAS_PARTITION,
	    .sql = "SELECT c.oid, i.inhparent,"
		   " pg_get_expr(c.relpartbound, c.oid)"
		   " FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
		   " JOIN pg_namespace n ON n.oid = c.relnamespace"
		   " WHERE n.nspname = ANY ($1::text[]) AND c.relispartition"
		   " AND c.relkind IN ('r', 'p') ORDER BY c.oid",
	    .read = read_parent },
};

const struct postgres_topic postgres_partitions = { queries, 1, finish };
