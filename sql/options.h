/* options.h - storage parameters, one way.
 *
 * The server keeps `WITH (Fillfactor = 70, "autovacuum_enabled" = OFF)` as a
 * list of texts: fillfactor=70, autovacuum_enabled=off.
 */
#ifndef SQL_OPTIONS_H
#define SQL_OPTIONS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/dialect.h"

/* Returns the list of parameters in its one spelling, in their order: values
 * quoted only where they must be, one that has none is true. What cannot be
 * read is returned as it is; NULL for NULL. */
const char *sql_options(struct arena *a, enum dialect d, const char *text);

/* The same for an operator class that may have parameters behind its name,
 * sorted: "gist_trgm_ops(siglen=32)". */
const char *sql_opclass(struct arena *a, enum dialect d, const char *text);

/* What the sequence of a column numbers by. */
enum sequence_option {
	SEQUENCE_NAME, /* what it is called, quoted where it must be */
	SEQUENCE_INCREMENT,
	SEQUENCE_MIN,
	SEQUENCE_MAX,
	SEQUENCE_START,
	SEQUENCE_CACHE,
	SEQUENCE_CYCLE,
	SEQUENCE_OPTIONS
};

/* Reads "START WITH 10 cycle" in any order and spelling: the number or name
 * that is said of each option, or NULL where none is; of CYCLE "". False where
 * something else stands there. NULL says nothing. */
bool sql_sequence_read(struct arena *a, enum dialect d, const char *text,
    const char *values[SEQUENCE_OPTIONS]);

/* Returns the same in its one spelling, "INCREMENT BY 2 START WITH 10", without
 * what is so anyway; NULL where nothing is left. What cannot be read is
 * returned as it is. */
const char *sql_sequence_options(
    struct arena *a, enum dialect d, const char *text);

/* Returns the options in that spelling, or NULL where none is said. */
const char *sql_sequence_write(
    struct arena *a, const char *const values[SEQUENCE_OPTIONS]);

/* Returns the name that PostgreSQL makes for the sequence of a column, quoted
 * where it must be. */
const char *sql_sequence_made(
    struct arena *a, enum dialect d, const char *table, const char *column);

/* Returns the name of that sequence, unquoted: the one that the options give,
 * or the one that is made. */
const char *sql_sequence_named(struct arena *a, enum dialect d,
    const char *table, const char *column, const char *options);

/* Adds the words for one option: "START WITH 10", or where the value is NULL
 * what means the default. */
void sql_sequence_option(struct buf *out, enum sequence_option option,
    const char *const values[SEQUENCE_OPTIONS]);

#endif
