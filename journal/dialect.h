/* dialect.h - the journal's own SQL, one table a dialect. */
#ifndef JOURNAL_DIALECT_H
#define JOURNAL_DIALECT_H

#include "base/dialect.h"

struct journal_sql {
	const char *exists;   /* one row if the tables are there */
	const char *create;   /* makes them, again if need be */
	const char *head;     /* key, value of the state */
	const char *owned;    /* names, keys */
	const char *set_head; /* ?1 key, ?2 value */
	const char *clear_owned;
	const char *add_owned;      /* "INSERT … VALUES " */
	const char *add_run;        /* ?1 who … ?6: see journal.c */
	const char *run_id;         /* id of the run just added */
	const char *add_statements; /* "INSERT … VALUES " */
	const char *history;        /* ?1 limit */
};

extern const struct journal_sql journal_sqlite;

/* NULL where no driver of the dialect is there. */
const struct journal_sql *journal_sql(enum dialect d);

#endif
