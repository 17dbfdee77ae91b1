/* options - the words of a command line, by the table that --help prints */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/vec.h"
#include "cmd/cmd.h"

struct common common;

const struct option_row common_options[] = {
	{ "database", 'd', OPTION_TEXT, &common.database, "URL",
	    "the database: sqlite:PATH or postgresql://… (else CONFIG, else "
	    "DATABASE_URL, else sqlite:deesse.db); of several, also the folder "
	    "of one" },
	{ "collections", 'C', OPTION_TEXT, &common.collections, "DIR",
	    "the folder of the collections (default: collections)" },
	{ "schema", 0, OPTION_TEXT, &common.schema, "FILE",
	    "what `deesse compile` wrote, in place of the collections: no "
	    "compiler is needed" },
	{ "format", 0, OPTION_CHOICE, &common.format, "text|json",
	    "how the result is printed" },
	{ "color", 0, OPTION_CHOICE, &common.color, "auto|always|never",
	    "colours; NO_COLOR is honoured" },
	{ "quiet", 'q', OPTION_FLAG, &common.quiet, NULL,
	    "say nothing but errors and what needs a decision" },
	{ "verbose", 'v', OPTION_COUNT, &common.verbose, NULL,
	    "say more: the compiler's own words, every statement" },
	{ "help", 'h', OPTION_FLAG, &common.help, NULL, "print this help" },
	{ 0 },
};

#define MOST 48

struct table {
	const struct option_row *rows[MOST];
	struct option longs[MOST + 1];
	char shorts[3 + 2 * MOST];
	size_t n;
};

static void
add_rows(struct table *t, const struct option_row *rows)
{
	char *s = t->shorts + strlen(t->shorts);

	for (; rows && rows->name && t->n < MOST; rows++, t->n++) {
		t->rows[t->n] = rows;
		t->longs[t->n] = (struct option){
			.name = rows->name,
			.has_arg = rows->arg ? required_argument : no_argument,
			.val = 256 + (int)t->n,
		};
		if (!rows->letter)
			continue;
		*s++ = rows->letter;
		if (rows->arg)
			*s++ = ':';
		*s = '\0';
	}
}

static const struct option_row *
find_row(const struct table *t, int c)
{
	if (c >= 256)
		return t->rows[c - 256];
	for (size_t i = 0; i < t->n; i++)
		if (t->rows[i]->letter == c)
			return t->rows[i];
	return NULL;
}

static bool
is_choice(const char *choices, const char *value)
{
	size_t n = strlen(value);

	for (const char *p = choices; p; p = strchr(p, '|')) {
		p += *p == '|';
		if (!strncmp(p, value, n) && (p[n] == '|' || !p[n]))
			return n > 0;
	}
	return false;
}

static bool
set_number(const struct option_row *row, const char *value)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(value, &end, 10);
	if (errno || *end || end == value || n < 0 || n > INT_MAX) {
		usage_error("--%s takes a number, not '%s'", row->name, value);
		return false;
	}
	*(int *)row->value = (int)n;
	return true;
}

static bool
set_time(const struct option_row *row, const char *value)
{
	static const struct {
		const char *unit;
		int ms;
	} units[] = { { "", 1 }, { "ms", 1 }, { "s", 1000 }, { "min", 60000 } };
	char *end;
	long n;

	errno = 0;
	n = strtol(value, &end, 10);
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (errno || end == value || n < 1 ||
		    n > INT_MAX / units[i].ms || strcmp(end, units[i].unit))
			continue;
		*(int *)row->value = (int)n * units[i].ms;
		return true;
	}
	usage_error(
	    "--%s takes a time like 500ms or 3s, not '%s'", row->name, value);
	return false;
}

static bool
set_value(const struct option_row *row, const char *value)
{
	switch (row->kind) {
	case OPTION_FLAG:
		*(bool *)row->value = true;
		return true;
	case OPTION_COUNT:
		++*(int *)row->value;
		return true;
	case OPTION_TEXT:
		*(const char **)row->value = value;
		return true;
	case OPTION_NUMBER:
		return set_number(row, value);
	case OPTION_TIME:
		return set_time(row, value);
	case OPTION_CHOICE:
		*(const char **)row->value = value;
		if (is_choice(row->arg, value))
			return true;
		usage_error(
		    "--%s takes %s, not '%s'", row->name, row->arg, value);
		return false;
	case OPTION_LIST:
		vec_push(&cmd_arena, (struct names *)row->value, value);
		return true;
	}
	return false;
}

static void
unknown_option(const struct table *t, const char *word, int letter)
{
	const char *names[MOST], *near;
	char name[64];

	if (letter > 0 && letter < 256) {
		usage_error("there is no option -%c", letter);
		return;
	}
	snprintf(
	    name, sizeof(name), "%.*s", (int)strcspn(word + 2, "="), word + 2);
	for (size_t i = 0; i < t->n; i++)
		names[i] = t->rows[i]->name;
	near = text_nearest(name, names, t->n);
	if (near)
		usage_error(
		    "there is no option --%s; did you mean --%s?", name, near);
	else
		usage_error("there is no option --%s", name);
}

/* What getopt_long does not like, in our words. */
static void
complain(const struct table *t, char **argv, int c)
{
	const struct option_row *row;

	if (c == ':') {
		row = find_row(t, optopt);
		usage_error("--%s needs a value: %s", row->name, row->arg);
	} else if (optopt >= 256) {
		row = find_row(t, optopt);
		usage_error("--%s takes no value", row->name);
	} else {
		unknown_option(t, argv[optind - 1], optopt);
	}
}

int
parse_options(int argc, char **argv, const struct option_row *rows, bool stop)
{
	struct table t = { 0 };
	int c;

	t.shorts[0] = stop ? '+' : ':';
	if (stop)
		t.shorts[1] = ':';
	add_rows(&t, rows);
	add_rows(&t, common_options);
	opterr = 0;
	optind = 0; /* glibc: scan anew, for a second table */
	while ((c = getopt_long(argc, argv, t.shorts, t.longs, NULL)) != -1) {
		if (c == '?' || c == ':') {
			complain(&t, argv, c);
			return -1;
		}
		if (!set_value(find_row(&t, c), optarg))
			return -1;
	}
	return optind;
}
