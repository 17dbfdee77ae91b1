/* portable.h - expressions that each dialect says in its own way.
 *
 * NOW, TODAY and NEW_UUID of the collections language; dsl/ writes them, and
 * the printer of collections knows them again, to the letter.
 */
#ifndef SQL_PORTABLE_H
#define SQL_PORTABLE_H

#include "base/dialect.h"

enum portable { PORTABLE_NOW, PORTABLE_TODAY, PORTABLE_UUID, PORTABLE_COUNT };

/* Returns the expression in the dialect. */
const char *sql_portable(enum dialect d, enum portable p);

/* Returns the word of the language, "NEW_UUID", whose expression the text is
 * in the dialect; NULL where it is none, or NULL. */
const char *sql_portable_word(enum dialect d, const char *text);

#endif
