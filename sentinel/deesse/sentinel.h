/* deesse/sentinel.h - public: what SQL would do, judged by its text alone.
 *
 * A text is read statement by statement; each is safe, or destructive, with
 * findings that say why. What no rule knows is destructive. No database is
 * needed and nothing is run. The rules are explained in deesse's
 * docs/rules.md.
 *
 *     deesse_sentinel *s = deesse_sentinel_open(DEESSE_POSTGRES, 0);
 *     struct deesse_statement st;
 *
 *     deesse_sentinel_read(s, sql, strlen(sql));
 *     while (deesse_sentinel_next(s, &st))
 *             if (st.destructive)
 *                     printf("line %d: %s\n", st.line,
 *                         st.findings[0].message);
 *     deesse_sentinel_close(s);
 *
 * Compile and link with `pkg-config --cflags --libs deesse-sentinel`. All of
 * it may be used from several threads, one reader from one at a time. Running
 * out of memory ends the program with a message.
 */
#ifndef DEESSE_SENTINEL_H
#define DEESSE_SENTINEL_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define DEESSE_API __attribute__((visibility("default")))
#else
#define DEESSE_API
#endif

enum deesse_dialect { DEESSE_SQLITE, DEESSE_POSTGRES };

/* Options of a reader, or-ed. */
enum {
	DEESSE_ALONE = 1 << 0,   /* judge each statement by itself: a table
				    that the text has made is like any other */
	DEESSE_STYLE = 1 << 1,   /* say what is only bad style, too */
	DEESSE_WRAPPED = 1 << 2, /* who runs the text puts it into a
				    transaction */
};

struct deesse_finding {
	const char *rule;    /* "drop-column" */
	const char *kind;    /* its class: "data-loss", "blocking", … */
	const char *message; /* what is lost or may fail, one sentence */
	const char *hint;    /* what to do instead, or NULL */
	const char *object;  /* "posts.title", or NULL where it is not known */
	bool destructive;    /* makes the statement so by itself */
	size_t offset, length; /* the words meant, bytes in the statement */
};

struct deesse_statement {
	const char *sql;  /* into the text: `length` bytes, not terminated */
	size_t length;    /* without the semicolon */
	size_t offset;    /* bytes from the beginning of the text */
	int line, column; /* from 1; columns count characters */
	bool destructive;
	const struct deesse_finding *findings;
	size_t n_findings;
};

typedef struct deesse_sentinel deesse_sentinel;

/* Returns a reader. Close it. */
DEESSE_API deesse_sentinel *deesse_sentinel_open(
    enum deesse_dialect dialect, unsigned options);

/* Begins to read len bytes, which must outlive the reading; what the reader
 * knew of another text is forgotten. */
DEESSE_API void deesse_sentinel_read(
    deesse_sentinel *s, const char *sql, size_t len);

/* Reads and judges the next statement; false at the end. What *st points to is
 * valid until the next call on this reader. */
DEESSE_API bool deesse_sentinel_next(
    deesse_sentinel *s, struct deesse_statement *st);

/* Frees the reader; NULL is fine. */
DEESSE_API void deesse_sentinel_close(deesse_sentinel *s);

/* Is every statement of the text safe? */
DEESSE_API bool deesse_sentinel_safe(
    enum deesse_dialect dialect, const char *sql, size_t len);

#ifdef __cplusplus
}
#endif

#endif
