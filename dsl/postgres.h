/* postgres.h - what the files of the PostgreSQL dialect share. Internal to
 * dsl/. */
#ifndef DSL_POSTGRES_H
#define DSL_POSTGRES_H

#include "dsl/lower.h"
#include "dsl/postgres_type.h"

extern const struct definer postgres_definers[];

#endif
