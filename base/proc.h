/* proc.h - running another program, without a shell.
 *
 * The program is found on PATH, gets exactly the arguments it is given, and
 * runs in a process group of its own, which is killed when its time is up.
 * Several may run side by side; each is started, and then finished.
 */
#ifndef BASE_PROC_H
#define BASE_PROC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct proc {
	const char *const *argv; /* ends in NULL */
	const char *input;       /* standard input, or NULL for none */
	size_t input_len;
	bool input_follows;     /* by proc_input, once it has started */
	int timeout_ms;         /* 0: as long as it takes */
	const char *const *env; /* "NAME=value" to set for it, ends in NULL;
				   or NULL */
	struct buf out;         /* what it wrote to standard output */
	struct buf err;         /* what it wrote to standard error */
	int status;             /* its exit status, or 128 + the signal */

	/* while it runs */
	int to, from[2]; /* its standard input; its output and its error */
	int pid;
	size_t sent;      /* of the input */
	int64_t deadline; /* of clock_ms */
};

/* Starts p->argv and gives it as much of its input as it takes at once. False
 * where it could not be run; else proc_finish must follow. */
bool proc_start(struct proc *p, struct err *err);

/* Gives what was started with input_follows its input, which must stay until
 * proc_finish: as much as it takes at once. */
void proc_input(struct proc *p, const char *input, size_t len);

/* Waits for what was started. False where it was killed for its time, which
 * began with its start; a non-zero status is not an error here. */
bool proc_finish(struct proc *p, struct err *err);

/* Both, one after the other. */
bool proc_run(struct proc *p, struct err *err);

/* Frees out and err. */
void proc_release(struct proc *p);

#endif
