/* stream - the statements of a text that is read piece by piece */
#include "sql/stream.h"

#include <string.h>

#define PIECE (1 << 20)

void
stream_init(struct stream *s, enum dialect d, stream_read *read, void *arg)
{
	*s = (struct stream){
		.read = read, .arg = arg, .dialect = d, .piece = PIECE
	};
	split_init(&s->split, d, "", 0);
	s->before = s->place = s->split;
}

bool
stream_lacks(const struct stream *s, bool more)
{
	const struct splitter *p = &s->split;

	if (s->ended || s->failed)
		return false;
	return !more || (!p->closed && p->lexer.pos == p->lexer.len);
}

/* Forgets what is done with. */
static void
forget(struct stream *s)
{
	size_t left = s->text.len - s->taken;

	split_to(&s->place, s->taken);
	if (left)
		memmove(s->text.s, s->text.s + s->taken, left);
	buf_cut(&s->text, left);
	s->start += s->taken;
	s->taken = s->gap = 0;
}

/* As much again as there is, so that a long statement is read again only a
 * few times. */
static bool
read_more(struct stream *s, struct err *err)
{
	size_t wanted = s->text.len > s->piece ? s->text.len : s->piece;
	size_t have = s->text.len;
	long n = 1;

	buf_reserve(&s->text, wanted);
	while (wanted &&
	       (n = s->read(s->arg, s->text.s + have, wanted, err)) > 0) {
		have += (size_t)n;
		wanted -= (size_t)n;
	}
	s->text.len = have;
	s->text.s[have] = '\0';
	s->ended = n == 0;
	s->failed = n < 0;
	return !s->failed;
}

bool
stream_fill(struct stream *s, struct err *err)
{
	int line, column;

	forget(s);
	line = s->place.line;
	column = s->place.column;
	if (!read_more(s, err))
		return false;
	split_release(&s->split);
	split_init(&s->split, s->dialect, s->text.s, s->text.len);
	if (s->start)
		s->split.lexer.pos = s->split.counted = 0;
	s->split.line = line;
	s->split.column = column;
	s->split.feeds = s->place.feeds;
	s->split.rest = s->place.rest;
	s->before = s->place = s->split;
	return true;
}

void
stream_take(struct stream *s, struct statement *st)
{
	s->gap = s->taken;
	s->taken = s->split.lexer.pos;
	s->before = s->place;
	s->place = s->split;
	st->offset += s->start;
}

const char *
stream_gap(const struct stream *s, const struct statement *st, size_t *len,
    size_t *offset)
{
	size_t from = st ? s->gap : s->taken;
	size_t to = st ? st->offset - s->start : s->text.len;

	*len = to - from;
	*offset = s->start + from;
	return *len ? s->text.s + from : "";
}

void
stream_gap_place(
    const struct stream *s, const struct statement *st, int *line, int *column)
{
	struct splitter p = st ? s->before : s->place;

	split_to(&p, st ? s->gap : s->taken);
	*line = p.line;
	*column = p.column;
}

void
stream_release(struct stream *s)
{
	split_release(&s->split);
	buf_release(&s->text);
}
