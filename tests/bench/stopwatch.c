/* stopwatch - how long a program takes, and how much memory at its peak
 *
 * usage: stopwatch [-n RUNS] [-b COMMAND] [-i FILE] [-m] PROGRAM [ARG...]
 *
 * Prints "MEDIAN MIN MAX PEAK": milliseconds of wall clock over the runs, and
 * the largest resident set in kilobytes. -b is a command for the shell, run
 * before each run, outside the clock; -i is the program's standard input. -m
 * makes one run and tells the peak of the program alone: a wait status counts
 * the compiler that a program started, too, and the kernel keeps the program's
 * own figure only until it ends, so that run is stopped on its way out.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST_RUNS 999

static const char *input = "/dev/null";
static char *before;

static void
die(const char *what)
{
	fprintf(stderr, "stopwatch: %s: %s\n", what, strerror(errno));
	exit(1);
}

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
redirect(const char *path, int flags, int fd)
{
	int opened = open(path, flags);

	if (opened < 0 || dup2(opened, fd) < 0)
		die(path);
	close(opened);
}

/* Starts the program; what it says on standard error is the user's to see. */
static pid_t
start(char **argv, int traced)
{
	pid_t pid = fork();

	if (pid < 0)
		die("fork");
	if (pid)
		return pid;
	redirect(input, O_RDONLY, 0);
	redirect("/dev/null", O_WRONLY, 1);
	if (traced && ptrace(PTRACE_TRACEME, 0, NULL, NULL))
		die("ptrace");
	execvp(argv[0], argv);
	die(argv[0]);
	return -1;
}

static void
check(char **argv, int status)
{
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return;
	fprintf(stderr, "stopwatch: %s ended with %s %d\n", argv[0],
	    WIFEXITED(status) ? "status" : "signal",
	    WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
	exit(1);
}

/* Runs what must be so at the beginning of a run. */
static void
prepare(void)
{
	char shell[] = "sh", option[] = "-c";
	char *argv[] = { shell, option, before, NULL };
	int status;
	pid_t pid;

	if (!before)
		return;
	pid = start(argv, 0);
	if (waitpid(pid, &status, 0) < 0)
		die("wait");
	check(argv, status);
}

static long
own_peak(pid_t pid)
{
	char path[64], line[256];
	long kb = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	f = fopen(path, "r");
	if (!f)
		die(path);
	while (kb < 0 && fgets(line, sizeof(line), f))
		if (!strncmp(line, "VmHWM:", 6))
			kb = strtol(line + 6, NULL, 10);
	fclose(f);
	return kb;
}

static long
measure_peak(char **argv)
{
	long peak = -1;
	int status;
	pid_t pid;

	prepare();
	pid = start(argv, 1);
	if (waitpid(pid, &status, 0) < 0 || !WIFSTOPPED(status))
		die(argv[0]);
	if (ptrace(PTRACE_SETOPTIONS, pid, NULL, (void *)PTRACE_O_TRACEEXIT))
		die("ptrace");
	for (int signal = 0;;) {
		ptrace(PTRACE_CONT, pid, NULL, (void *)(long)signal);
		if (waitpid(pid, &status, 0) < 0)
			die("wait");
		if (!WIFSTOPPED(status))
			break;
		signal = 0;
		if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8))
			peak = own_peak(pid);
		else if (WSTOPSIG(status) != SIGTRAP)
			signal = WSTOPSIG(status);
	}
	check(argv, status);
	return peak;
}

static double
measure_time(char **argv, long *peak)
{
	struct rusage usage;
	double began, ended;
	int status;
	pid_t pid;

	prepare();
	began = now_ms();
	pid = start(argv, 0);
	if (wait4(pid, &status, 0, &usage) < 0)
		die("wait");
	ended = now_ms();
	check(argv, status);
	if (usage.ru_maxrss > *peak)
		*peak = usage.ru_maxrss;
	return ended - began;
}

static void
usage(void)
{
	fprintf(stderr, "usage: stopwatch [-n RUNS] [-b COMMAND] [-i FILE] "
			"[-m] PROGRAM [ARG...]\n");
	exit(64);
}

int
main(int argc, char **argv)
{
	double times[MOST_RUNS];
	int runs = 9, memory = 0, option;
	long peak = 0;

	while ((option = getopt(argc, argv, "+n:b:i:m")) != -1) {
		if (option == 'n')
			runs = atoi(optarg);
		else if (option == 'b')
			before = optarg;
		else if (option == 'i')
			input = optarg;
		else if (option == 'm')
			memory = 1;
		else
			usage();
	}
	argv += optind;
	if (!*argv || runs < 1 || runs > MOST_RUNS)
		usage();
	if (memory) {
		printf("0 0 0 %ld\n", measure_peak(argv));
		return 0;
	}
	for (int i = 0; i < runs; i++)
		times[i] = measure_time(argv, &peak);
	qsort(times, (size_t)runs, sizeof(*times), compare);
	printf("%.2f %.2f %.2f %ld\n", times[runs / 2], times[0],
	    times[runs - 1], peak);
	return 0;
}
