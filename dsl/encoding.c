/* encoding - bytes that no text file holds */
#include "dsl/encoding.h"

#include <string.h>

#include "base/text.h"
#include "sql/lex.h"

/* Returns where the first bad byte is from offset on, or the size. */
static size_t
bad_byte(const struct source_file *f, enum dialect d, size_t offset)
{
	struct lexer l;

	lex_init(&l, d, f->text + offset, f->size - offset);
	lex_release(&l);
	return offset + l.readable;
}

/* Does the byte mean something, as a comment does not? */
static bool
matters(const struct scan *s, const char *at)
{
	for (size_t i = 0; i < s->tokens.n; i++)
		if (at >= s->tokens.v[i].at &&
		    at < s->tokens.v[i].at + s->tokens.v[i].len)
			return true;
	return false;
}

static void
tell_byte(struct report *r, const struct source_file *f, size_t offset)
{
	const unsigned char *s = (const unsigned char *)f->text;
	int line = 1, column = 1;

	for (size_t i = 0; i < offset; i++) {
		line += s[i] == '\n';
		column = s[i] == '\n' ? 1 : column + 1;
	}
	if (f->size > 1 && s[0] + s[1] == 0xff + 0xfe)
		report_add(
		    r, f->path, 1, 1, "this file is UTF-16; save it as UTF-8");
	else if (s[offset])
		report_add(r, f->path, line, column,
		    "the byte 0x%02x here is not UTF-8; save the file as UTF-8",
		    s[offset]);
	else
		report_add(r, f->path, line, column,
		    "a byte here is zero, which no text file holds");
}

void
check_encoding(struct report *r, struct source_files *files, enum dialect d)
{
	for (size_t i = 0; i < files->n; i++) {
		const struct source_file f = files->v[i];
		size_t at = bad_byte(&f, d, 0);

		while (at < f.size && f.text[at] &&
		       !text_ends(f.path, ".sql") &&
		       !matters(
			   sources_scan(r->arena, files, f.path), f.text + at))
			at = bad_byte(&f, d, at + 1);
		if (at < f.size)
			tell_byte(r, &f, at);
	}
}
