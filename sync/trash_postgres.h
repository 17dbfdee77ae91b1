/* trash_postgres.h - between the files of the PostgreSQL trash.
 *
 * The schema deesse_trash has a table of entries, and for each entry a table
 * t_ID: a copy, or the very table that went, under that name and without all
 * that could block others or fire there (foreign keys, triggers, policies,
 * rules, statistics, publications, grants; a table that inherits is on its
 * own). Its indexes and sequences are i_ID_n and s_ID_n. A type or a function
 * that something in the trash still needs is o_ID.
 *
 * A copy of a column has the key and the values under the column's name; of
 * values that become others also TRASH_NOW, what they became, as text. Values
 * of types that are a user's own are kept as text: no copy stands in the way
 * of anything.
 */
#ifndef SYNC_TRASH_POSTGRES_H
#define SYNC_TRASH_POSTGRES_H

#include "sync/trash.h"

#define TRASH "deesse_trash"
#define TRASH_NOW ONLINE_NOW

/* Opens the schema, making it where it is missing and write is set. */
bool trash_postgres_open(
    struct trash *t, bool write, bool *there, struct err *err);

bool trash_postgres_list(struct trash *t, const char *token, int64_t id,
    struct trash_entries *out, struct err *err);

bool trash_postgres_remove(
    struct trash *t, const struct trash_entry *e, struct err *err);

/* Adds an entry of this run: e->kind, schema, table, column, key, moved; sets
 * e->id. */
bool trash_postgres_add(
    struct trash *t, struct trash_entry *e, struct err *err);

/* Writes what is known of the entry since it was added: rows, bytes, series,
 * back, drop. */
bool trash_postgres_note(
    struct trash *t, const struct trash_entry *e, struct err *err);

/* Takes from all but the owner every right to a table of the trash. */
bool trash_postgres_revoke(struct trash *t, const char *table, struct err *err);

/* See trash_run. */
bool trash_postgres_run(struct trash *t, const char *sql, struct err *err);

bool trash_postgres_bring(
    struct trash *t, const struct trash_entry *e, struct err *err);

bool trash_postgres_restore(struct trash *t, const struct trash_entry *e,
    const char **name, int64_t *rows, struct err *err);

bool trash_postgres_prepare(struct trash *t, const struct trash_entry *e,
    const struct trash_place *now, struct err *err);

bool trash_postgres_fill(struct trash *t, const struct trash_entry *e,
    const struct trash_place *to, struct db_flow *flow, struct err *err);

/* See trash_go_on. */
bool trash_postgres_go_on(struct trash *t, const struct trash_entry *e,
    const struct trash_place *to, struct err *err);

/* Adds "t.id = k.id AND …": a key in a table, and in its copy in the trash. */
bool trash_postgres_match(struct trash *t, struct buf *b, const char *copy,
    const struct names *in_table, const struct names *in_copy, struct err *err);

/* Runs the text of the buffer and empties it. */
bool trash_postgres_exec(struct trash *t, struct buf *b, struct err *err);

/* Calls row for each row of a query with up to one parameter. */
bool trash_postgres_each(struct trash *t, const char *sql, const char *param,
    void (*row)(void *arg, struct db_rows *r), void *arg, struct err *err);

#endif
