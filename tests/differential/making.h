/* making.h - statements out of a grammar, written in an unlikely way.
 *
 * Included once by a program that has a table of productions, `grammar`, what
 * may stand between two words, `gaps`, and COUNT.
 */
#define DEPTH 12

static uint64_t state;

static unsigned
below(unsigned n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)((state >> 16) % n);
}

/* Returns a choice for the name; deep down the first, which ends soon. */
static const char *
choose(const char *name, size_t len, int depth)
{
	const char *choices[64];
	unsigned n = 0;

	for (size_t i = 0; i < COUNT(grammar); i++)
		if (!strncmp(grammar[i].name, name, len) &&
		    !grammar[i].name[len])
			choices[n++] = grammar[i].text;
	if (!n) {
		fprintf(stderr, "no rule %.*s\n", (int)len, name);
		exit(1);
	}
	return choices[depth > DEPTH ? 0 : below(n)];
}

static void
expand(struct buf *out, const char *text, int depth)
{
	while (text && *text) {
		const char *end = *text == '<' ? strchr(text, '>') : NULL;

		/* an operator such as <> is no name */
		if (end && end > text + 1 && !strchr(" =", text[1])) {
			expand(out,
			    choose(text + 1, (size_t)(end - text - 1), depth),
			    depth + 1);
			text = end + 1;
			continue;
		}
		buf_putc(out, *text++);
	}
}

static void
gap(struct buf *out)
{
	buf_puts(out, gaps[below(COUNT(gaps))]);
}

/* Writes the words apart, those in capitals in any case. */
static void
write_words(struct buf *out, const char *words)
{
	unsigned style = below(4);

	while (*words) {
		size_t n = strcspn(words, " ");
		bool keyword =
		    strspn(words, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == n;

		for (size_t i = 0; i < n; i++)
			buf_putc(out,
			    keyword && (style == 1 || (style == 2 && below(2)))
				? (char)(words[i] | (words[i] == '_' ? 0 : 32))
				: words[i]);
		words += n;
		words += strspn(words, " ");
		if (n && *words)
			gap(out);
	}
}

/* What came of them. */
struct totals {
	long made, refused, dangerous, missed, plain, overcautious;
};

/* Prints it; false where one was missed, or one in two hundred was called
 * destructive for nothing. */
static bool
print_totals(const struct totals *t)
{
	printf("%ld statements, %ld of them not SQL; %ld dangerous, %ld "
	       "missed; %ld plain, %ld called destructive\n",
	    t->made, t->refused, t->dangerous, t->missed, t->plain,
	    t->overcautious);
	return !t->missed && t->overcautious * 200 <= t->plain;
}
