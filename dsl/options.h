/* options.h - the words of the language as a table.
 *
 * One row for each macro of deesse/dsl.h and one for each of its options. The
 * reader checks an object by it, the explainer finds what a misspelt word was
 * meant to be, and a test compares it with the header.
 */
#ifndef DSL_OPTIONS_H
#define DSL_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum option_type {
	OPTION_FLAG,
	OPTION_INT,
	OPTION_INT64,
	OPTION_TEXT,
	OPTION_WAS,
	OPTION_LIST,  /* const char *const *, ends in NULL */
	OPTION_PARTS, /* const char *[DEESSE_PARTS] */
	OPTION_ACTION,
	OPTION_ID,
	OPTION_ONLY,
	OPTION_RULE,
	OPTION_TYPE_COUNT
};

struct option {
	const char *name;
	enum option_type type;
	size_t offset, size;
	bool argument; /* said by its place, not by its name */
};

struct kind {
	unsigned short kind;
	size_t size;
	const char *name; /* "TEXT" */
	int arguments;    /* before the options: a name, a target */
	bool field;       /* has a column */
	const struct option *options;
	size_t n;
};

/* What a value of a type can be, for messages. */
struct option_values {
	const char *wanted;       /* "true or false" */
	const char *const *words; /* the words it can be, or NULL */
	size_t n;
	const char *example; /* "true" */
};

extern const struct kind kinds[];
extern const size_t kinds_n;
extern const struct option_values option_values[OPTION_TYPE_COUNT];

/* Returns the row, or NULL. */
const struct kind *kind_of(unsigned short kind);
const struct kind *kind_named(const char *name, size_t len);
const struct option *kind_option(
    const struct kind *k, const char *name, size_t len);

/* Returns the macro that s was probably meant to be, or NULL. */
const char *kind_nearest(const char *s);

/* Returns the option of k that s was probably meant to be, or NULL. */
const char *option_nearest(const struct kind *k, const char *s);

#endif
