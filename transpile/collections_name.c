/* collections_name - names of a database as names of the language
 *
 * A name of the language is an identifier of C that is no macro. Macros are in
 * capitals or few, so a name in capitals is written small, and its own form
 * stands beside it, in .column or .table or .name.
 */
#include "transpile/collections_words.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

#define LENGTH_MAX 100 /* a table's becomes the name of a file */

static bool
is_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Adds the letters of the name; what is between them is one underscore. */
static void
add_letters(struct buf *b, const char *name)
{
	for (; *name && b->len < LENGTH_MAX; name++) {
		if (is_letter(*name))
			buf_putc(b, *name);
		else if (b->len && b->s[b->len - 1] != '_')
			buf_putc(b, '_');
	}
}

/* Capitals alone are what macros look like. */
static void
unshout(struct buf *b)
{
	for (size_t i = 0; i < b->len; i++)
		if (islower((unsigned char)b->s[i]))
			return;
	for (size_t i = 0; i < b->len; i++)
		b->s[i] = (char)tolower((unsigned char)b->s[i]);
}

static bool
is_macro(const char *s)
{
	static const char *const macros[] = { "bool", "true", "false",
		"static_assert", "offsetof" };

	for (size_t i = 0; i < sizeof(macros) / sizeof(*macros); i++)
		if (!strcmp(macros[i], s))
			return true;
	return false;
}

/* C keeps names that begin so for compilers, the language some for itself. */
static const char *
unreserved(const char *s)
{
	if (*s == '_' && (s[1] == '_' || isupper((unsigned char)s[1])))
		s += strspn(s, "_");
	return s;
}

static const char *
identifier(struct arena *a, const char *name, const char *fallback)
{
	struct buf b = { 0 };
	const char *s;

	add_letters(&b, name);
	if (b.len && b.s[b.len - 1] == '_' && !text_ends(name, "_"))
		buf_cut(&b, b.len - 1);
	unshout(&b);
	s = unreserved(buf_str(&b));
	if (!s[strspn(s, "_")])
		s = fallback;
	else if (isdigit((unsigned char)*s))
		s = arena_fmt(a, "_%s", s);
	else if (text_starts(s, "deesse_") || text_starts(s, "DEESSE_"))
		s = arena_fmt(a, "x_%s", s);
	else if (is_macro(s))
		s = arena_fmt(a, "%s_", s);
	else
		s = arena_strdup(a, s);
	buf_release(&b);
	return s;
}

bool
name_is_plain(struct arena *a, const char *name)
{
	return !strcmp(identifier(a, name, ""), name);
}

const char *
name_take(
    struct arena *a, struct map *taken, const char *name, const char *fallback)
{
	const char *base = identifier(a, name, fallback), *s = base;

	for (int i = 2; map_get(taken, s); i++)
		s = arena_fmt(a, "%s_%d", base, i);
	map_put(a, taken, s, taken);
	return s;
}

const char *
name_take_word(
    struct arena *a, struct map *taken, const char *name, const char *fallback)
{
	static const char *const words[] = { "alignas", "alignof", "asm",
		"auto", "break", "case", "char", "const", "constexpr",
		"continue", "default", "do", "double", "else", "enum", "extern",
		"float", "for", "goto", "if", "inline", "int", "long",
		"nullptr", "register", "restrict", "return", "short", "signed",
		"sizeof", "static", "struct", "switch", "thread_local",
		"typedef", "typeof", "union", "unsigned", "void", "volatile",
		"while" };
	const char *s = identifier(a, name, fallback);

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(words[i], s))
			s = arena_fmt(a, "%s_", s);
	return name_take(a, taken, s, fallback);
}

/* Returns what the name of an index or a key says beside the table's: "email"
 * of "index_users_on_email"; NULL where it has not the table's in it. */
static const char *
beside_table(const char *name, const char *table)
{
	static const char *const before[] = { "index_", "idx_", "ix_", "i_",
		"unique_", "uniq_", "uq_", "uk_", "fk_", "fki_", "ck_",
		"chk_" };
	size_t n = strlen(table);

	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++) {
		const char *s = name + strlen(before[i]);

		if (strncasecmp(name, before[i], strlen(before[i])) ||
		    strncasecmp(s, table, n) || s[n] != '_')
			continue;
		s += n + 1;
		return text_starts(s, "on_") && s[3] ? s + 3 : s;
	}
	return NULL;
}

const char *
name_local(struct telling *t, struct map *taken, const char *name,
    const char *invented, const char **physical)
{
	struct arena *a = t->teller->a;
	const char *prefix = arena_fmt(a, "%s_", t->table->name);
	const char *local, *s;

	*physical = name;
	if (!name)
		return name_take(a, taken, invented, invented);
	if (text_starts(name, prefix)) {
		local = name + strlen(prefix);
		s = name_take(a, taken, local, invented);
		if (!strcmp(s, local))
			*physical = NULL;
		return s;
	}
	local = beside_table(name, t->table->name);
	if (local && *local && !isdigit((unsigned char)*local))
		return name_take(a, taken, local, invented);
	return name_take(a, taken, name, invented);
}
