/* postgres_object.h - between the files that read what is kept as SQL.
 *
 * An object is its statement, as the server spells it or as its catalog says,
 * in the least words: what would be so anyway is not said. The statement is
 * read by sql/ as one out of a file would be, so that both sides are found and
 * compared in one way.
 */
#ifndef INTROSPECT_POSTGRES_OBJECT_H
#define INTROSPECT_POSTGRES_OBJECT_H

#include "introspect/postgres.h"

/* The columns of a query whose rows are definitions. */
enum {
	ROW_LABEL,  /* of the kind: "view" */
	ROW_OID,    /* in the kind's catalog */
	ROW_SCHEMA, /* NULL: public, or the text is whole */
	ROW_NAME,
	ROW_TEXT, /* what stands after the name; or, where it begins with
		     CREATE, the whole */
	ROW_BACK, /* of indexes of parts: what takes it back, or NULL */
};

/* Reads such a row into the schema. */
void postgres_read_definition(void *pass, struct db_rows *r);

/* Reads a row of one column, a statement about something: ALTER, COMMENT ON,
 * GRANT. */
void postgres_read_saying(void *pass, struct db_rows *r);

/* In a query: is the thing of that oid in that catalog of an extension, or made
 * by the server for another? (The columns that divide a table have such a
 * dependency on the table itself.) */
#define MADE_FOR_OTHERS(catalog, oid)                                          \
	"EXISTS (SELECT FROM pg_depend x WHERE x.classid = '" catalog          \
	"'::regclass AND x.objid = " oid " AND x.objsubid = 0"                 \
	" AND x.deptype IN ('e', 'i'))"
#define OWN(catalog, oid) " AND NOT " MADE_FOR_OTHERS(catalog, oid)

/* In a query: is the schema of that alias managed? */
#define MANAGED(n) n ".nspname = ANY ($1::text[])"

/* In a query: the schema of that alias, NULL for public. */
#define SCHEMA(n) "nullif(" n ".nspname, 'public')"

#endif
