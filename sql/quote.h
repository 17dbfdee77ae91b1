/* quote.h - the only place where names and values become SQL.
 *
 * Values that reach a database from a program are bound, never quoted; these
 * are for DDL, where nothing can be bound. The idea is PostgreSQL's
 * fe_utils/string_utils.h.
 */
#ifndef SQL_QUOTE_H
#define SQL_QUOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/dialect.h"

/* Adds the name, quoted where the dialect needs it: reserved words, capitals
 * on PostgreSQL, anything but [a-z_][a-z0-9_]*. */
void sql_ident(struct buf *out, enum dialect d, const char *name);

/* Adds schema.name, or the name alone where schema is NULL. */
void sql_qualified(
    struct buf *out, enum dialect d, const char *schema, const char *name);

/* Adds the text as a string literal. */
void sql_literal(struct buf *out, enum dialect d, const char *text);

/* Must the name be quoted, because it is reserved or odd? */
bool sql_needs_quotes(enum dialect d, const char *name);

/* Is the word (any case) reserved, so that it cannot name a column bare? */
bool sql_reserved(enum dialect d, const char *word);

/* Are len bytes at word (any case) a word that the grammar knows, reserved or
 * not? PostgreSQL's unreserved words do not count. */
bool sql_keyword(enum dialect d, const char *word, size_t len);

#endif
