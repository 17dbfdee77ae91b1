/* twice.h - what psql reads in one way, and everybody else in another.
 *
 * Internal to sentinel/. Data of a COPY and psql's own commands are no SQL to
 * psql. To a program that only knows where SQL statements end they are, and to
 * psql, too, where the COPY has failed. So both readings must be harmless.
 */
#ifndef SENTINEL_TWICE_H
#define SENTINEL_TWICE_H

#include "sentinel/judge.h"

/* Adds a finding where a TOKEN_META or TOKEN_DATA, read as SQL, holds what may
 * begin a dangerous statement, or leaves something open; returns whether. */
bool twice_apply(struct judge *j, const struct token *t);

#endif
