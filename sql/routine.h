/* routine.h - the arguments of a function, and what else it says.
 *
 * Internal to sql/. PostgreSQL tells functions of one name apart by the types
 * that go in, and CREATE OR REPLACE keeps names, modes and what comes out. Both
 * are written here in one way, whatever way they were said in: "int" is
 * integer, "public." and the length of a varchar mean nothing.
 */
#ifndef SQL_ROUTINE_H
#define SQL_ROUTINE_H

#include "base/arena.h"
#include "sql/lex.h"

struct routine {
	const char *signature; /* "integer, text" */
	const char *header;    /* "a integer, b text default … returns …" */
	const char *key;       /* the same with everything that follows */
};

/* Reads what follows the name of a function, procedure or aggregate: n tokens
 * from the parenthesis on. False with *why where they cannot be read. */
bool routine_read(struct arena *a, enum dialect d, const struct token *t,
    size_t n, struct routine *out, const char **why);

/* Returns the one way to write the type that n tokens spell. */
const char *routine_type(
    struct arena *a, enum dialect d, const struct token *t, size_t n);

/* Returns the key of n tokens as a part of a definition: strings are written in
 * one way, and "public." is gone. */
const char *routine_text(
    struct arena *a, enum dialect d, const struct token *t, size_t n);

/* The same for a text. */
const char *routine_key(struct arena *a, enum dialect d, const char *text);

#endif
