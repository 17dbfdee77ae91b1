/* scan.h - a collection file as its author sees it.
 *
 * The compiler sees the file after the preprocessor, and deesse the data after
 * the compiler; to say where a mistake stands, and in the author's words, the
 * text itself is read once more: its tokens, and the items they form. The
 * text is not preprocessed, so what stands here is a hint to be confirmed by
 * the compiler or the object. Any text can be scanned.
 */
#ifndef DSL_SCAN_H
#define DSL_SCAN_H

#include <stdbool.h>

#include "base/vec.h"
#include "dsl/options.h"

enum c_kind { C_END, C_WORD, C_NUMBER, C_STRING, C_CHAR, C_OP };

struct c_token {
	enum c_kind kind;
	const char *at;
	size_t len;
	int line, column;
};
VEC(c_tokens, struct c_token);

/* One WORD(…) of a collection, or the COLLECTION itself. Tokens are numbers
 * into scan.tokens; close is the C_END where the parenthesis stays open. */
struct c_item {
	size_t word, open, close;
	const struct kind *kind; /* NULL: no word of the language */
	int line, end_line;
};
VEC(c_items, struct c_item);

struct scan {
	const char *text;
	struct c_tokens tokens; /* ends in a C_END */
	struct c_items items;
	struct names defines; /* macros that the file itself defines */
	bool includes;        /* another file */
};

/* Scans a terminated text, which must outlive the scan. */
void scan_text(struct arena *a, struct scan *s, const char *text);

/* Adds only the names of macros that the text defines: quicker. */
void scan_defines(struct arena *a, struct names *out, const char *text);

/* Is the token the word or the operator given? */
bool c_is(const struct c_token *t, const char *word);

/* Returns the token's text. */
const char *c_text(struct arena *a, const struct c_token *t);

/* Returns the item of that kind and name around the line, or NULL. */
const struct c_item *scan_find(
    const struct scan *s, const struct kind *k, const char *name, int line);

#endif
