/* beside - a watcher for each database of the tree
 *
 * A watcher looks at one database, so there is a process for each. The first
 * has the terminal and the command; the others tell, and ask nothing.
 */
#include "cmd/beside.h"

#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/vec.h"
#include "cmd/cmd.h"

VEC(pids, pid_t);
static struct pids others;

size_t
beside_begin(size_t n)
{
	pid_t parent = getpid();

	for (size_t i = 1; i < n; i++) {
		pid_t pid;

		fflush(NULL);
		pid = fork();
		if (pid > 0)
			vec_push(&cmd_arena, &others, pid);
		if (pid)
			continue;
		others.n = 0;
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		/* it may be gone already */
		if (getppid() != parent)
			_exit(STATUS_ERROR);
		return i;
	}
	return 0;
}

void
beside_end(void)
{
	for (size_t i = 0; i < others.n; i++)
		kill(others.v[i], SIGTERM);
	for (size_t i = 0; i < others.n; i++)
		waitpid(others.v[i], NULL, 0);
	others.n = 0;
}
