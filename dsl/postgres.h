/* postgres.h - what the files of the PostgreSQL dialect share. Internal to
 * dsl/. */
#ifndef DSL_POSTGRES_H
#define DSL_POSTGRES_H

#include "dsl/lower.h"

extern const struct definer postgres_definers[];

/* Returns the type as format_type spells it: "int" is "integer", "varchar(9)"
 * is "character varying(9)"; one that it does not know stays as it is. */
const char *postgres_type_name(struct arena *a, const char *type);

#endif
