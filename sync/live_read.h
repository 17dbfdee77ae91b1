/* live_read.h - a statement, read as what it makes of a schema.
 *
 * Only sync/live.c includes this. PostgreSQL. Nothing is run: what is read is
 * the little that decides about rows (tables, columns, types, keys), and what
 * cannot be read is said to be so.
 */
#ifndef SYNC_LIVE_READ_H
#define SYNC_LIVE_READ_H

#include "schema/schema.h"
#include "sql/split.h"

/* A table that a statement names. */
struct met {
	const char *schema, *name;
	const struct table *table; /* NULL: the schema has none of that name */
};
VEC(mets, struct met);

struct meeting {
	bool read;       /* all that it does to tables is known */
	bool blinds;     /* from here on names may mean anything */
	bool quiet;      /* what it computes calls nothing but harmless
			    functions: it may be asked of rows */
	bool writes;     /* rows may be others afterwards */
	bool cascades;   /* what else goes, it does not say */
	bool lenient;    /* IF EXISTS: what is not there is no mistake */
	bool takes_rows; /* of all tables that it names: DROP, TRUNCATE … */
	struct mets tables;
	struct schema *to; /* the schema after it, or NULL: the same */
	struct names made; /* tables that are other ones from here on: pairs of
			      schema (NULL: public) and name */
	const char *missing; /* a part that is not there, or is already: "there
				is no column posts.title"; or NULL */
};

/* Reads the statement against the schema, which stays as it is. */
struct meeting live_read(
    struct arena *a, const struct schema *from, const struct statement *st);

#endif
