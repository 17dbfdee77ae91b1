/* cut - runs a program behind a proxy that cuts its connection
 *
 * usage: cut [-l FILE] [-n N -w before|after|kill] [-n N -x FILE]
 *            PROGRAM ARG...
 *
 * The program finds a PostgreSQL socket of its own in $PGHOST; what it says
 * there goes on to the server of our $PGHOST. Messages are counted, both ways
 * and over all connections: those of the program at which the server acts (not
 * Parse, Bind, Describe), how an answer begins, and its ReadyForQuery. Of a
 * query that only reads it is one, for wherever in it the connection ends, the
 * server has done nothing. Before or after
 * the Nth all connections are closed, on both sides, or the program is killed
 * when it comes; later ones are left alone. -x runs another program before the
 * Nth goes on, and waits for it. -l writes a line for each: its
 * number, who said it (> the program, < the server), its letter, r where it
 * reads, and what the query begins with. Ends as the program does.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CONNECTIONS = 8, ROOM = 1 << 20 };
enum when { NEVER, BEFORE, AFTER, KILL };

/* One way of a connection. */
struct way {
	int from, to;
	char mark;   /* '>' or '<' */
	bool begins; /* the first message has no letter */
	bool reads;  /* the query that it is about */
	char text[100];
	size_t len;
	unsigned char *data;
};

static struct way ways[2 * CONNECTIONS];
static struct sockaddr_un server = { .sun_family = AF_UNIX };
static struct sockaddr_un mine = { .sun_family = AF_UNIX };
static char folder[] = "/tmp/deesse-cut.XXXXXX";
static enum when when;
static long wanted, seen;
static char turn; /* who spoke last */
static FILE *list;
static char *stranger;
static pid_t child;

static void
die(const char *what)
{
	perror(what);
	if (child)
		kill(child, SIGKILL);
	exit(70);
}

static void
close_pair(size_t i)
{
	i &= ~(size_t)1;
	if (ways[i].from < 0)
		return;
	close(ways[i].from);
	close(ways[i].to);
	for (size_t k = i; k < i + 2; k++) {
		ways[k].from = -1;
		ways[k].len = 0;
	}
}

static void
cut_all(void)
{
	for (size_t i = 0; i < 2 * CONNECTIONS; i += 2)
		close_pair(i);
}

static bool
send_all(int to, const unsigned char *p, size_t n)
{
	while (n) {
		ssize_t got = send(to, p, n, MSG_NOSIGNAL);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
	}
	return true;
}

/* What the messages that follow are about. */
static void
read_query(struct way *w, const unsigned char *p, size_t n, char letter)
{
	static const char *const words[] = { "SELECT", "SHOW" };
	size_t from = letter == 'P' ? 5 + strlen((const char *)p + 5) + 1 : 5;
	size_t len = 0;

	for (; from < n && p[from] && len < sizeof(w->text) - 1; from++)
		w->text[len++] = p[from] < ' ' ? ' ' : (char)p[from];
	w->text[len] = '\0';
	w->reads = false;
	for (size_t i = 0; i < 2; i++)
		w->reads |= !strncmp(w->text, words[i], strlen(words[i]));
}

/* The ways of a connection stand side by side. */
static bool
counts_here(size_t i, const unsigned char *p, size_t n, char letter)
{
	struct way *w = &ways[i], *asks = &ways[i & ~(size_t)1];
	bool first = turn == '>';

	turn = w->mark;
	if (w->mark == '>' && (letter == 'P' || letter == 'Q'))
		read_query(w, p, n, letter);
	if (w->mark == '>')
		return letter == 'E' || letter == 'Q' ||
		       (!asks->reads && !strchr("PBDCH", letter));
	return !asks->reads && (first || letter == 'Z');
}

static void
note(size_t i, char letter)
{
	const struct way *asks = &ways[i & ~(size_t)1];

	if (list)
		fprintf(list, "%ld %c %c %c %s\n", seen, ways[i].mark, letter,
		    asks->reads ? 'r' : 'w', asks->text);
}

static void
meet(void)
{
	pid_t pid = fork();

	if (pid < 0)
		die("fork");
	if (!pid) {
		execl(stranger, stranger, (char *)NULL);
		perror(stranger);
		_exit(71);
	}
	while (waitpid(pid, NULL, 0) < 0)
		if (errno != EINTR)
			die("waitpid");
}

/* Returns false where the connection is gone. */
static bool
pass(size_t i, const unsigned char *p, size_t n, char letter)
{
	struct way *w = &ways[i];
	bool counts = counts_here(i, p, n, letter);

	if (counts) {
		seen++;
		note(i, letter);
	}
	if (counts && seen == wanted && stranger)
		meet();
	if (counts && seen == wanted && when == KILL) {
		kill(child, SIGKILL);
		cut_all();
		return false;
	}
	if (counts && seen == wanted && when == BEFORE) {
		cut_all();
		return false;
	}
	if (!send_all(w->to, p, n)) {
		close_pair(i);
		return false;
	}
	if (counts && seen == wanted && when == AFTER) {
		cut_all();
		return false;
	}
	return true;
}

static void
forward(size_t i)
{
	struct way *w = &ways[i];
	ssize_t got = recv(w->from, w->data + w->len, ROOM - w->len, 0);
	size_t at = 0;

	if (got <= 0) {
		close_pair(i);
		return;
	}
	w->len += (size_t)got;
	for (;;) {
		size_t head = w->begins ? 0 : 1, n;
		uint32_t size;
		char letter;

		if (w->len - at < head + 4)
			break;
		memcpy(&size, w->data + at + head, 4);
		n = head + ntohl(size);
		if (n > ROOM) {
			errno = EMSGSIZE;
			die("a message");
		}
		if (w->len - at < n)
			break;
		letter = w->begins ? '-' : (char)w->data[at];
		w->begins = false;
		if (!pass(i, w->data + at, n, letter))
			return;
		at += n;
	}
	memmove(w->data, w->data + at, w->len - at);
	w->len -= at;
}

static void
welcome(int listener)
{
	int client = accept(listener, NULL, NULL), up;
	size_t i = 0;

	if (client < 0)
		die("accept");
	up = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (up < 0 ||
	    connect(up, (struct sockaddr *)&server, sizeof(server)) < 0)
		die(server.sun_path);
	while (i < 2 * CONNECTIONS && ways[i].from >= 0)
		i += 2;
	if (i == 2 * CONNECTIONS)
		die("too many connections");
	ways[i].from = ways[i + 1].to = client;
	ways[i].to = ways[i + 1].from = up;
	ways[i].mark = '>';
	ways[i + 1].mark = '<';
	ways[i].begins = true;
	ways[i].reads = false;
	ways[i].text[0] = '\0';
	ways[i + 1].begins = false;
}

static int
serve(int listener)
{
	for (;;) {
		struct pollfd p[1 + 2 * CONNECTIONS];
		int status;

		p[0] = (struct pollfd){ listener, POLLIN, 0 };
		for (size_t i = 0; i < 2 * CONNECTIONS; i++)
			p[1 + i] = (struct pollfd){ ways[i].from, POLLIN, 0 };
		if (poll(p, 1 + 2 * CONNECTIONS, 20) < 0 && errno != EINTR)
			die("poll");
		if (p[0].revents)
			welcome(listener);
		for (size_t i = 0; i < 2 * CONNECTIONS; i++)
			if (p[1 + i].revents && ways[i].from == p[1 + i].fd)
				forward(i);
		if (waitpid(child, &status, WNOHANG) == child)
			return WIFEXITED(status) ? WEXITSTATUS(status)
						 : 128 + WTERMSIG(status);
	}
}

static int
listen_here(void)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	const char *port = getenv("PGPORT");

	if (!port)
		port = "5432";
	snprintf(server.sun_path, sizeof(server.sun_path),
	    "%.60s/.s.PGSQL.%.8s", getenv("PGHOST") ? getenv("PGHOST") : "",
	    port);
	if (!mkdtemp(folder))
		die(folder);
	chmod(folder, 0755);
	snprintf(mine.sun_path, sizeof(mine.sun_path), "%.60s/.s.PGSQL.%.8s",
	    folder, port);
	if (fd < 0 || bind(fd, (struct sockaddr *)&mine, sizeof(mine)) < 0 ||
	    listen(fd, 8) < 0)
		die(mine.sun_path);
	return fd;
}

int
main(int argc, char **argv)
{
	static const char *const words[] = { "", "before", "after", "kill" };
	int option, listener, status;

	while ((option = getopt(argc, argv, "+l:n:w:x:")) != -1) {
		if (option == 'l')
			list = fopen(optarg, "we");
		else if (option == 'n')
			wanted = strtol(optarg, NULL, 10);
		else if (option == 'x')
			stranger = optarg;
		for (int i = 1; option == 'w' && i < 4; i++)
			if (!strcmp(optarg, words[i]))
				when = (enum when)i;
		if (option == '?' || (option == 'l' && !list) ||
		    (option == 'w' && when == NEVER))
			return 64;
	}
	if (optind == argc)
		return 64;
	for (size_t i = 0; i < 2 * CONNECTIONS; i++) {
		ways[i].from = -1;
		ways[i].data = malloc(ROOM);
		if (!ways[i].data)
			die("malloc");
	}
	listener = listen_here();
	child = fork();
	if (child < 0)
		die("fork");
	if (!child) {
		setenv("PGHOST", folder, 1);
		execvp(argv[optind], argv + optind);
		perror(argv[optind]);
		_exit(71);
	}
	status = serve(listener);
	unlink(mine.sun_path);
	rmdir(folder);
	if (list && fclose(list))
		die("the list");
	return status;
}
