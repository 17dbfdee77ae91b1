/* dialect.h - the journal's own SQL, one table a dialect. */
#ifndef JOURNAL_DIALECT_H
#define JOURNAL_DIALECT_H

#include "base/buf.h"
#include "base/dialect.h"
#include "db/db.h"

/* What may have to be made before or after the tables: a column that came after
 * the first version of a table. */
struct journal_column {
	const char *missing; /* a row if it is not there */
	const char *add;
	const char *advice; /* where it cannot be made, or NULL */
};

struct journal_sql {
	char parameter;              /* '?' or '$', before a number */
	const char *exists;          /* one row if the tables are there */
	struct journal_column place; /* where they stand; may be none */
	const char *create;          /* makes them */
	const struct journal_column *columns; /* ends with NULL */
	const char *head;                     /* key, value of the state */
	const char *owned;                    /* names, keys */
	const char *add_state;   /* key, value: "INSERT … VALUES " */
	const char *state_again; /* what ends that, where a key may stand */
	const char *clear_owned;
	const char *add_owned;      /* "INSERT … VALUES " */
	const char *own_again;      /* what ends that where a name may stand
				       there already */
	const char *add_run;        /* parameters: see journal.c */
	const char *run_id;         /* id of the run just added */
	const char *add_statements; /* "INSERT … VALUES " */
	const char *counter;        /* see journal_counter */
	const char *history;        /* ?1 limit, below 0: none */
	const char *statements;     /* ?1 id */
	const char *change;         /* ?1 id */
	/* the same of a journal that lacks some of the columns */
	const char *old_history, *old_statements;
};

extern const struct journal_sql journal_sqlite, journal_postgres;

/* NULL where no driver of the dialect is there. */
const struct journal_sql *journal_sql(enum dialect d);

/* Calls read for each row of a query with n parameters. */
bool journal_each(struct db *db, const char *sql, const char *const *params,
    size_t n, void (*read)(void *arg, struct db_rows *r), void *arg,
    struct err *err);

/* A list as one text, a line each, and back (in place). A line may hold a
 * newline itself: that and the backslash are written \n, \\. */
void journal_put_line(struct buf *out, const char *line);
char *journal_next_line(char **lines);
void journal_read_lines(struct arena *a, struct names *out, const char *lines);

#endif
