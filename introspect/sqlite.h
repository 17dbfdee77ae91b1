/* sqlite.h - between the files that read SQLite; only they include it. */
#ifndef INTROSPECT_SQLITE_H
#define INTROSPECT_SQLITE_H

#include "db/db.h"
#include "introspect/reader.h"

/* Reads the schema of a SQLite database. */
struct schema *sqlite_introspect(
    struct arena *a, struct db *db, struct err *err);

bool sqlite_fingerprint(struct db *db, char *hex, struct err *err);

/* Reads a CREATE TABLE into t, which has its name already. What goes wrong is
 * in the reader. */
void sqlite_read_table(struct reader *r, struct table *t);

/* Reads a CREATE INDEX on a table whose columns are read. */
void sqlite_read_index(
    struct reader *r, const struct table *t, struct index *i);

/* Returns a list of one, with no room to spare: nearly all keys have one part,
 * and at thousands of tables the room would be the largest thing in memory. */
struct parts sqlite_one_part(struct arena *a, struct part part);

/* Reads the parts of a key or an index, with the parentheses. Sets
 * *autoincrement where AUTOINCREMENT stands in it. */
struct parts sqlite_read_parts(
    struct reader *r, const struct table *t, bool *autoincrement);

#endif
