/* vector.h - a stand-in for pgvector.
 *
 * Debian 12 has no package of it, so a type of its name and form stands in for
 * it; its kinds of indexes cannot.
 */
#ifndef TESTS_POSTGRES_VECTOR_H
#define TESTS_POSTGRES_VECTOR_H

#include "tests/postgres/psql.h"

static const char vector_type[] =
    "CREATE TYPE vector;"
    "CREATE FUNCTION vector_in(cstring, oid, integer) RETURNS vector "
    "LANGUAGE internal IMMUTABLE STRICT AS 'varcharin';"
    "CREATE FUNCTION vector_out(vector) RETURNS cstring "
    "LANGUAGE internal IMMUTABLE STRICT AS 'varcharout';"
    "CREATE FUNCTION vector_typmod_in(cstring[]) RETURNS integer "
    "LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodin';"
    "CREATE FUNCTION vector_typmod_out(integer) RETURNS cstring "
    "LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodout';"
    "CREATE TYPE vector (INPUT = vector_in, OUTPUT = vector_out, "
    "TYPMOD_IN = vector_typmod_in, TYPMOD_OUT = vector_typmod_out, "
    "LIKE = text);"
    /* keys and indexes compare its bytes */
    "CREATE CAST (vector AS bytea) WITHOUT FUNCTION AS IMPLICIT;\n";

/* Puts the stand-in before statements that need the extension. */
static inline void
vector_put(struct arena *a, struct buf *sql)
{
	struct statements all = { 0 };
	struct buf out = { 0 };

	if (!strstr(buf_str(sql), " vector("))
		return;
	buf_puts(&out, vector_type);
	sql_split(a, &all, DIALECT_POSTGRES, buf_str(sql), sql->len);
	for (size_t i = 0; i < all.n; i++) {
		const char *one = arena_strndup(a, all.v[i].text, all.v[i].len);

		if (strcmp(one, "CREATE EXTENSION vector") != 0 &&
		    !strstr(one, "USING ivfflat"))
			buf_fmt(&out, "%s;\n", one);
	}
	buf_release(sql);
	*sql = out;
}

#endif
