/* sqlite.h - between the files that read SQLite; only they include it. */
#ifndef INTROSPECT_SQLITE_H
#define INTROSPECT_SQLITE_H

#include "db/db.h"
#include "introspect/reader.h"

/* Reads the schema of a SQLite database; like may be NULL. */
struct schema *sqlite_introspect(
    struct arena *a, struct db *db, const struct schema *like, struct err *err);

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

/* sqlite_survey.c: which tables of the database are as `like` says. Every row
 * of the database is told before the first question. */
struct survey {
	struct arena arena;
	const struct schema *like;
	struct map known;
};
void survey_init(struct survey *s, const struct schema *like);
void survey_release(struct survey *s);
void survey_table(struct survey *s, const char *name, const char *sql);
void survey_index(
    struct survey *s, const char *table, const char *name, const char *sql);

/* Returns the table of `like` where the database has that very table, with its
 * indexes; else, or where s is NULL, NULL. */
struct table *survey_same(const struct survey *s, const char *table);

#endif
