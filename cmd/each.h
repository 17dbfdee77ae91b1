/* each.h - a command on every database of the tree. */
#ifndef CMD_EACH_H
#define CMD_EACH_H

#include "cmd/cmd.h"
#include "sync/project.h"

/* Runs f on each database that the command line means, one after the other;
 * where there are several, each begins with a line that names it (after
 * `before`: "-- " for SQL), and JSON is an array with what each prints. Before
 * that `look`, unless it is NULL, sees each of several, and prints nothing.
 * Returns the gravest status. */
enum status each_database(enum status (*look)(const struct project *p),
    enum status (*f)(const struct project *p), const char *before);

/* Is it one of several that is being worked on? */
bool among_several(void);

/* Runs f on the one database that the command line means; several are an
 * error. */
enum status only_database(enum status (*f)(const struct project *p));

/* Finds the one database that the command line means, as project_choose. */
bool one_database(struct project *p, struct err *err);

#endif
