/* stream.h - the statements of a text that is read piece by piece.
 *
 * Memory holds the longest statement and not the text. A statement is sure
 * once its end was read, and then the text behind it cannot change it; one
 * that reaches the end of what is in memory is read again with more of it:
 *
 *     do
 *         more = split_next(&in->split, &st, see, arg);
 *     while (stream_lacks(in, more) && stream_fill(in, err));
 *     if (more) stream_take(in, &st);
 *
 * sentinel_read does this. A zeroed struct is not valid:
 * begin with stream_init; release it.
 */
#ifndef SQL_STREAM_H
#define SQL_STREAM_H

#include "base/buf.h"
#include "base/err.h"
#include "sql/split.h"

/* Reads at most n bytes to p; returns how many, 0 at the end, -1 after it has
 * set *err. */
typedef long stream_read(void *arg, char *p, size_t n, struct err *err);

struct stream {
	stream_read *read;
	void *arg;
	enum dialect dialect;
	struct buf text; /* what was read and is not done with */
	size_t start;    /* its offset in the whole */
	size_t taken;    /* bytes of it that are done with */
	size_t gap;      /* where the text before the statement begins */
	struct splitter split;
	struct splitter place;  /* line and column of the last one taken */
	struct splitter before; /* of the one before it */
	size_t piece;           /* bytes to read at once; may be set */
	bool ended;             /* all was read */
	bool failed;            /* an error was set */
};

void stream_init(
    struct stream *s, enum dialect d, stream_read *read, void *arg);

/* Must more be read before what split_next has said (whether there is a
 * statement) is sure? */
bool stream_lacks(const struct stream *s, bool more);

/* Reads more, and puts the splitter back to where the next statement begins.
 * False at an error; then failed is set. Statements taken before are gone. */
bool stream_fill(struct stream *s, struct err *err);

/* Takes the statement that split_next has read: makes its offset that in the
 * whole. Its text is valid until stream_fill. */
void stream_take(struct stream *s, struct statement *st);

/* Returns the text between the statement before and the one just taken, or
 * after the last; *offset is that of the whole. Valid until stream_fill. */
const char *stream_gap(const struct stream *s, const struct statement *st,
    size_t *len, size_t *offset);

/* Sets the line and the column where that text begins. */
void stream_gap_place(
    const struct stream *s, const struct statement *st, int *line, int *column);

/* Frees the memory. */
void stream_release(struct stream *s);

#endif
