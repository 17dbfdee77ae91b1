/* explain.h - the compiler's complaints in the words of the language.
 *
 * Every compiler says "has no member named" in its own way, and shows what the
 * macros expand to. The file itself is scanned for the mistakes that authors
 * make; what is found is told where the compiler complains about that very
 * item, and its own words only where nothing was found.
 */
#ifndef DSL_EXPLAIN_H
#define DSL_EXPLAIN_H

#include "dsl/report.h"
#include "dsl/sources.h"

/* One error of the compiler. */
struct complaint {
	const char *file; /* NULL: of the compiler as a whole */
	int line, column;
	const char *text;
	struct names from; /* files that include it, innermost first */
	bool placed;       /* no further note says where it stands */
};
VEC(complaints, struct complaint);

/* Finds the errors in what a compiler said. */
void complaints_parse(
    struct arena *a, struct complaints *out, const char *text);

/* Adds what is wrong with the file, which was compiled by itself. */
void explain(struct report *r, const char *file, const struct scan *scan,
    const struct complaints *said);

/* What compiles and yet means something else: 0 for a text is a null pointer,
 * 1.5 loses its half, a text ends at its first zero, a static collection may be
 * gone. Whether the preprocessor leaves an item is for the object to confirm.
 */
struct quiet {
	const struct c_item *item;   /* NULL: it needs no confirmation */
	const struct option *option; /* NULL: it has no name */
	const struct c_token *at;
	const char *text;
};
VEC(quiet_list, struct quiet);
void explain_quiet(struct arena *a, struct quiet_list *out,
    struct source_files *files, const struct source_file *file);

/* The same of the macros of a header, whose text must outlive the list. */
void explain_quiet_header(
    struct arena *a, struct quiet_list *out, const char *text);

#endif
