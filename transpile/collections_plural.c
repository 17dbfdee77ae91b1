/* collections_plural - one and many, in English
 *
 * Names of tables are as people wrote them: plural, singular, in any case. The
 * other end of a relation is called as a program would call it. What ends like
 * neither stays as it is, which is never wrong, only less beautiful.
 */
#include "transpile/collections_words.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

/* What begins a new word in a name. */
static const char *
last_word(const char *name)
{
	const char *s = name + strlen(name);

	while (s > name && s[-1] != '_' && !isdigit((unsigned char)s[-1])) {
		s--;
		if (isupper((unsigned char)*s) && islower((unsigned char)s[1]))
			break;
	}
	return s;
}

static bool
is_one_of(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (text_same_nocase(word, *list))
			return true;
	return false;
}

static bool
ends(const char *word, const char *const *list)
{
	size_t n = strlen(word);

	for (; *list; list++) {
		size_t end = strlen(*list);

		if (n > end && text_same_nocase(word + n - end, *list))
			return true;
	}
	return false;
}

/* One and many alike, or already many. */
static const char *const alike[] = { "children", "data", "equipment", "feet",
	"fts", "gps", "history", "indices", "info", "information", "matrices",
	"media", "men", "meta", "metadata", "money", "news", "people", "series",
	"sheep", "software", "species", "vertices", "women", NULL };

static const char *const hissing[] = { "s", "x", "z", "ch", "sh", NULL };

/* "status" and "address" end like many and are one. */
static const char *const singular_s[] = { "ss", "us", "is", NULL };

/* Those who are followed are "followed", and feeds are "feeds". */
static bool
is_participle(const char *word)
{
	return ends(word, (const char *const[]){ "ed", NULL }) &&
	       !ends(word, (const char *const[]){ "eed", "bed", NULL });
}

static bool
is_plural(const char *word)
{
	return is_one_of(word, alike) || is_participle(word) ||
	       (ends(word, (const char *const[]){ "s", NULL }) &&
		   !ends(word, singular_s));
}

/* A field begins with a small letter, and so does each of its words; ID stays
 * ID. */
static const char *
small(struct arena *a, const char *name)
{
	char *s = arena_strdup(a, name);

	for (char *p = s; *p; p++)
		if ((p == s || p[-1] == '_') && isupper((unsigned char)*p) &&
		    islower((unsigned char)p[1]))
			*p = (char)tolower((unsigned char)*p);
	return s;
}

const char *
name_many(struct arena *a, const char *name)
{
	const char *word = last_word(name);
	size_t n = strlen(word);

	name = small(a, name);
	if (n < 2 || !islower((unsigned char)word[n - 1]) || is_plural(word))
		return name;
	if (text_same_nocase(word, "person"))
		return arena_fmt(
		    a, "%.*speople", (int)(strlen(name) - n), name);
	if (text_same_nocase(word, "child"))
		return arena_fmt(a, "%sren", name);
	if (word[n - 1] == 'y' && !strchr("aeiou", word[n - 2]))
		return arena_fmt(a, "%.*sies", (int)strlen(name) - 1, name);
	return arena_fmt(a, "%s%s", name, ends(word, hissing) ? "es" : "s");
}

const char *
name_one(struct arena *a, const char *name)
{
	static const char *const es[] = { "sses", "xes", "ches", "shes", "uses",
		NULL };
	const char *word = last_word(name);
	int length = (int)strlen(name);

	name = small(a, name);
	if (strlen(word) < 4 || is_one_of(word, alike) || is_participle(word) ||
	    !is_plural(word))
		return name;
	if (ends(word, (const char *const[]){ "ies", NULL }) &&
	    !is_one_of(word,
		(const char *const[]){ "movies", "cookies", "ties", NULL }))
		return arena_fmt(a, "%.*sy", length - 3, name);
	return arena_fmt(a, "%.*s", length - (ends(word, es) ? 2 : 1), name);
}
