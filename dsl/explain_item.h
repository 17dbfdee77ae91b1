/* explain_item.h - mistakes inside one item. Internal to explaining. */
#ifndef DSL_EXPLAIN_ITEM_H
#define DSL_EXPLAIN_ITEM_H

#include "dsl/explain.h"

/* A number of more is none of C; some compilers keep a part of it. */
#define DIGITS_MAX 18

struct explaining {
	struct report *report;
	const char *file;
	const struct scan *scan;
	const struct complaints *said;
	/* from these lines on the compiler only guesses, and items cannot be
	 * told apart; 0: nowhere */
	int cut, items_cut;
};

#define TELL(e, t, ...)                                                        \
	report_add((e)->report, (e)->file, (t)->line, (t)->column, __VA_ARGS__)

/* Returns token i, the last one where there are fewer. */
const struct c_token *explain_token(const struct explaining *e, size_t i);

/* Tells where brackets, commas and semicolons are not as they should be, and
 * sets the cuts. */
void explain_outline(struct explaining *e);

/* Is it one that stands beside collections, not in one? */
bool explain_stands_beside(const struct c_item *item);

/* Returns the word of a value (VALUES, CASCADE) that this one was probably
 * meant to be, or NULL. */
const char *explain_nearest(const char *word);

/* Is it the name of a macro that the file itself defines? */
bool explain_is_defined(const struct explaining *e, const struct c_token *t);

/* Does the item stand between the braces of a collection? */
bool explain_is_inside(const struct explaining *e, const struct c_item *item);

/* Did the compiler complain about this word on these lines? */
bool explain_names(
    const struct explaining *e, const char *word, int line, int end_line);

/* Tells what is wrong with the value of an option, tokens from .. to - 1;
 * returns whether something was told. */
bool explain_value(
    struct explaining *e, const struct option *o, size_t from, size_t to);

/* Returns how a value is written that stands there without a name. */
const char *explain_by_name(
    struct arena *a, const struct kind *k, const char *value);

/* The same of an argument that is no `.option = value`. */
bool explain_no_option(
    struct explaining *e, const struct kind *k, size_t from, size_t to);

/* Tells what is wrong with the item, where the compiler complains about it;
 * returns whether something was told. */
bool explain_item(struct explaining *e, const struct c_item *item);

/* The tokens of an argument. */
struct argument {
	size_t from, to;
};
VEC(arguments, struct argument);

/* Splits what stands in the parentheses at the commas. */
void explain_split(struct arena *a, struct arguments *out, const struct scan *s,
    const struct c_item *item);

/* Tells which words stand beside collections, and mean nothing there. */
void explain_top(struct explaining *e);

/* Tells that the kind has no such option, and which it could be. */
void explain_option(
    struct explaining *e, const struct kind *k, const struct c_token *t);

#endif
