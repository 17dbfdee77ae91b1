/* report.h - a plan or an answer, for people or as JSON. */
#ifndef CMD_REPORT_H
#define CMD_REPORT_H

#include <jansson.h>
#include <stdio.h>

#include "sync/sync.h"

enum paint {
	PAINT_NONE,
	PAINT_BOLD,
	PAINT_DIM,
	PAINT_RED,
	PAINT_GREEN,
	PAINT_YELLOW,
	PAINT_CYAN,
};

/* Begins and ends a colour on out, where it takes colours (--color, NO_COLOR,
 * TERM=dumb, a terminal); else "". */
const char *paint(FILE *out, enum paint p);

/* Takes the user's locale, which says how wide letters are. To be called by who
 * draws: its tables are 0.2 MB that nothing else needs. */
void want_locale(void);

/* Prints text from outside on out, without control characters. */
void put_clean(FILE *out, const char *text);

/* Prints the steps of a plan: a line each, and what is found under those that
 * are destructive; with the SQL where sql is set. */
void report_steps(FILE *out, const struct sync *s, bool sql);

/* Prints the questions that nobody has answered. */
void report_unresolved(FILE *out, const struct sync *s);

/* Returns the plan as DESIGN's JSON object. */
json_t *report_json(const struct sync *s, bool applied);

/* The same of what was applied, with what undo and trash can be asked for. */
json_t *report_applied_json(const struct sync *s);

/* Returns the findings that count as a JSON array. */
json_t *findings_json(const struct findings *f);

/* Returns the names as a JSON array. */
json_t *names_json(const struct names *names);

/* Prints a JSON value and a newline on standard output, and frees it. */
void print_json(json_t *value, bool pretty);

/* Writes a JSON value on out, with jansson's flags: no character of it can
 * drive a terminal. */
void json_put(FILE *out, const json_t *value, size_t flags);

/* From now on values are kept, until it is switched off: then all are printed
 * as one array. */
void json_collect(bool on);

/* Makes a JSON string of text that may not be UTF-8. */
json_t *json_text(const char *s);

/* How many of the steps' changes, "1 change" or "5 changes". */
const char *count_text(
    struct arena *a, size_t n, const char *one, const char *many);

#endif
