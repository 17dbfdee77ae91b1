/* cmd.h - one file a command, one table.
 *
 * A command is a const row: its name, its words for --help, its options and
 * its function. The table of options that parses is the table that --help
 * prints. Only this folder prints and exits; results go to standard output,
 * all else to standard error. The idea is tmux's cmd_entry and git's builtins.
 */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

/* The exit statuses: DESIGN and README name them, scripts rely on them. */
enum status {
	STATUS_OK = 0,
	STATUS_ERROR = 1,
	STATUS_PENDING = 2,
	STATUS_DECISION = 3,
	STATUS_DRIFT = 4,
	STATUS_INTERRUPTED = 5,
	STATUS_USAGE = 64,
};

enum option_kind {
	OPTION_FLAG,   /* bool */
	OPTION_COUNT,  /* int, one more each time */
	OPTION_TEXT,   /* const char * */
	OPTION_NUMBER, /* int, at least 0 */
	OPTION_TIME,   /* int, milliseconds: 300, 500ms, 3s, 2min */
	OPTION_CHOICE, /* const char *, one of choices */
	OPTION_LIST,   /* struct names, one more each time */
};

struct option_row {
	const char *name;
	char letter; /* '\0': none */
	enum option_kind kind;
	void *value;     /* of the type that kind says */
	const char *arg; /* "URL", NULL for flags; "a|b" of a choice */
	const char *help;
};

struct command {
	const char *name;
	const char *args;       /* "FILE.sql…", or NULL where it takes none */
	int min_args, max_args; /* max_args < 0: as many as there are */
	const char *summary;    /* one line, for the list of commands */
	const char *about;      /* paragraphs for --help */
	const struct option_row *options; /* ends with a NULL name */
	enum status (*run)(int argc, char **argv);
};

extern const struct command *const commands[];
extern const size_t commands_count;

extern const struct command cmd_check;
extern const struct command cmd_compile;
extern const struct command cmd_dev;
extern const struct command cmd_diff;
extern const struct command cmd_history;
extern const struct command cmd_init;
extern const struct command cmd_pull;
extern const struct command cmd_protect;
extern const struct command cmd_push;
extern const struct command cmd_status;
extern const struct command cmd_trash;
extern const struct command cmd_undo;
extern const struct command cmd_version;

/* The options that every command takes. */
struct common {
	const char *database;
	const char *collections; /* or what stands for them: --schema */
	const char *schema;
	const char *format; /* "text" or "json" */
	const char *color;  /* "auto", "always", "never" */
	bool quiet;
	int verbose;
	bool help;
};

extern struct common common;
extern const struct option_row common_options[];

/* One arena for the run of a command. */
extern struct arena cmd_arena;

/* Parses the options of rows (ends with a NULL name) and the common ones out
 * of argv; returns the number of words before the rest, or -1 after it said
 * what is wrong. Where stop is set, the first word that is no option ends. */
int parse_options(
    int argc, char **argv, const struct option_row *rows, bool stop);

/* Do the values of --allow or --deny ("CLASS", "CLASS:OBJECT") name classes of
 * findings? Says which one does not. */
bool known_classes(const struct names *list, const char *option);

/* Prints the help of the program or of a command on standard output. */
void help_program(void);
void help_command(const struct command *c);

/* Says what is wrong with the command line; returns STATUS_USAGE. */
enum status usage_error(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

/* Prints the error, cleaned of control characters; returns its status. */
enum status report_error(const struct err *err);

/* Prints a line on standard error, unless -q. */
void note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Is the result wanted as JSON? */
bool wants_json(void);

#endif
