/* postgres_type.h - the names of PostgreSQL's types. */
#ifndef DSL_POSTGRES_TYPE_H
#define DSL_POSTGRES_TYPE_H

#include "base/arena.h"

/* Returns the type as format_type spells it: "int" is "integer", "varchar(9)"
 * is "character varying(9)"; one that it does not know stays as it is. */
const char *postgres_type_name(struct arena *a, const char *type);

#endif
