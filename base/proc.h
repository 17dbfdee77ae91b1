/* proc.h - running another program, without a shell.
 *
 * The program is found on PATH, gets exactly the arguments it is given, and
 * runs in a process group of its own, which is killed when its time is up.
 */
#ifndef BASE_PROC_H
#define BASE_PROC_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

struct proc {
	const char *const *argv; /* ends in NULL */
	const char *input;       /* standard input, or NULL for none */
	size_t input_len;
	int timeout_ms;         /* 0: as long as it takes */
	const char *const *env; /* "NAME=value" to set for it, ends in NULL;
				   or NULL */
	struct buf out;         /* what it wrote to standard output */
	struct buf err;         /* what it wrote to standard error */
	int status;             /* its exit status, or 128 + the signal */
};

/* Runs p->argv and waits for it. False only where it could not be run or was
 * killed for its time; a non-zero status is not an error here. */
bool proc_run(struct proc *p, struct err *err);

/* Frees out and err. */
void proc_release(struct proc *p);

#endif
