/* child.h - the program that runs beside the watcher.
 *
 * It has a process group of its own, so that the terminal can be its alone:
 * in front it reads what is typed and gets Ctrl-C and Ctrl-Z, as under a
 * shell; behind, it writes and waits. Nothing of what it writes is touched. If
 * deesse dies it is told to end, however deesse died.
 */
#ifndef SYNC_CHILD_H
#define SYNC_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

struct child {
	char *const *argv; /* ends with NULL; NULL: there is none */
	int terminal;      /* deesse's own, or -1 */
	pid_t pid;         /* 0: does not run */
	bool ended;        /* by itself */
	int status;        /* then: as a shell says it, 128 + the signal */
};

/* Starts it, behind. An error says why it could not be. */
bool child_start(struct child *c, struct err *err);

/* Gives it the terminal, or takes that back; nothing where there is none. */
void child_front(struct child *c);
void child_behind(struct child *c);

/* Looks what became of it, after SIGCHLD. Stopped by Ctrl-Z in front, deesse
 * stops too, so that the shell can go on; and continues it later. */
void child_look(struct child *c);

/* Sends it a signal; nothing where it does not run. */
void child_signal(const struct child *c, int signal);

/* Ends it: with the signal first, and for good after five seconds. Its status
 * is kept, but it did not end by itself. */
void child_end(struct child *c, int signal);

#endif
