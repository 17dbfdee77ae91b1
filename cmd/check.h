/* check.h - the parts of `deesse check`: reading, allowing, writing.
 *
 * Only cmd/check*.c include this. A statement is read, judged, met with what
 * its comments and the options allow, and written by the format; then it is
 * forgotten.
 */
#ifndef CMD_CHECK_H
#define CMD_CHECK_H

#include <stdio.h>

#include "base/vec.h"
#include "base/verdict.h"
#include "sql/stream.h"

/* ---- what was found ----------------------------------------------------- */

/* A judged statement. A finding that its comments allow is cleared. */
struct checked {
	const char *file; /* as given, "<stdin>" */
	struct statement statement;
	enum verdict verdict;
	struct findings findings;
	struct names reasons; /* one a finding: why it is allowed, or NULL */
	bool refused;         /* a finding does not pass the options */
};

struct check_totals {
	size_t statements, destructive, refused;
	size_t mistakes; /* in comments that allow something */
	size_t skipped;  /* files, or parts of them, that only run on the way
			    back */
};

/* Where bytes of a statement stand in its file, from 1; columns count
 * characters, and the end is the place after the last one. */
struct check_place {
	int line, column, end_line, end_column;
};

struct check_place check_place(
    const struct checked *c, const struct finding *f);

/* Does the finding pass what --allow and --deny say? */
bool check_passes(const struct finding *f);

/* How far the finding goes: 0 a note, 1 a warning, 2 refused. */
enum check_level { LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR };
enum check_level check_level(const struct finding *f);

/* ---- comments that allow ------------------------------------------------ */

/* "-- deesse:allow drop-column: reason", for the next statement. */
struct allow {
	const char *rule, *reason;
	int line, column;
	bool used;
};
VEC(allows, struct allow);

/* Adds what the comments of the text allow, which begins at that line and
 * column. Mistakes are said on standard error; returns how many. */
size_t allow_read(struct arena *a, struct allows *out, enum dialect d,
    const char *file, const char *text, size_t len, int line, int column);

/* Clears the findings that are allowed, and sets the reasons. */
void allow_apply(struct arena *a, struct allows *all, struct checked *c);

/* Moves what is allowed of a COPY on to the data that follows it, in arena a:
 * who allows `copy`, or `psql-command`, has allowed `copy-data`. */
void allow_feed(struct arena *a, struct allows *data, struct allows *copy);

/* Says which ones allowed nothing; returns how many. */
size_t allow_unused(const struct allows *all, const char *file);

/* Can nobody allow what the rule finds? What cannot be read may hide anything,
 * to the end of the file. */
bool allow_never(const char *rule);

/* Does the text say deesse:allow anywhere? */
bool allow_mentioned(const char *text, size_t len);

/* ---- other tools' files ------------------------------------------------- */

/* From this offset on the text is run by itself. */
struct section {
	size_t offset;
	bool wrapped; /* in a transaction of the tool's */
};
VEC(sections, struct section);

/* A file that may have parts for the way up and the way down. Begin with
 * migration_begin. */
struct migration {
	struct arena *arena;
	bool all;                 /* judge both ways */
	bool wrapped;             /* the file as a whole is */
	bool skipped;             /* something was left out */
	struct sections sections; /* those that were not reached */

	const struct migration_tool *tool;
	bool head; /* nothing but comments so far */
	bool down; /* now */
	bool bare; /* it said that it wants no transaction */
	size_t offset, line_len;
	char line[128]; /* the beginning of the current one */
};

void migration_begin(
    struct migration *m, struct arena *a, const char *path, bool all);

/* Sees the next n bytes of the file, and blanks what does not run. */
void migration_filter(struct migration *m, char *p, size_t n);

/* Is the file, by its name, for the way back? */
bool migration_is_down(const char *path);

/* Sets *d to the dialect that the folder's own tool names. */
bool migration_dialect(const char *path, enum dialect *d);

/* ---- formats ------------------------------------------------------------ */

/* One row a format. What is spooled comes out when all was read, and not at
 * all after an error. */
struct check_format {
	const char *name;
	bool spooled;
	void (*head)(FILE *out, const struct check_totals *t); /* or NULL: what
			stands before the spool */
	void (*begin)(FILE *out);
	void (*statement)(FILE *out, const struct checked *c);
	void (*end)(FILE *out, const struct check_totals *t);
};

extern const struct check_format check_text, check_json, check_sarif,
    check_github, check_gitlab;

/* Draws the statement's lines with the finding's words underlined, and below
 * them what else is to be said, which may be NULL. */
void check_picture(FILE *out, const struct checked *c, const struct finding *f,
    const char *below);

/* ---- reading ------------------------------------------------------------ */

struct check_schema;

/* One run of the command. */
struct check_run {
	bool style, all, no_context; /* as the options say */
	const struct check_format *format;
	FILE *out; /* standard output, or the spool */
	struct check_totals totals;
	struct check_schema *schema; /* or NULL */
};

/* Judges the statements of a file ("-": of standard input) and writes what was
 * found. */
bool check_file(struct check_run *run, const char *path, struct err *err);

/* Returns the dialect of a file, by the options, its name, its folder, or the
 * database. */
enum dialect check_dialect(const char *path);

/* ---- a schema to try on ------------------------------------------------- */

/* Opens what spec names: a scratch copy of a .sql file or of a SQLite database,
 * or a server (sync/live.h). */
bool check_schema_open(struct check_schema **s, const char *spec,
    enum dialect *d, struct err *err);

/* Adds what the engine says that the statement does, which the sentinel has
 * not seen, or brings the findings up to what a server has. */
void check_schema_try(
    struct check_schema *s, struct arena *a, struct checked *c);

/* Begins a new file: the tables that those before it made may hold rows. */
void check_schema_file(struct check_schema *s);

void check_schema_close(struct check_schema *s);

#endif
