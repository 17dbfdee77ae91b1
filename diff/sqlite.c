/* sqlite - what a change of type does in SQLite
 *
 * A declared type is only an affinity there, and a value keeps its own type
 * unless the affinity of its column can convert it. So changes within one
 * affinity do nothing, and the others do what affinity does to each value that
 * the rebuild inserts.
 */
#include "diff/pass.h"

#include <strings.h>

enum affinity { AFF_INTEGER, AFF_TEXT, AFF_BLOB, AFF_REAL, AFF_NUMERIC };

/* The rules of "Determination Of Column Affinity", in their order. */
static enum affinity
affinity_of(const char *type)
{
	static const struct {
		const char *word;
		enum affinity affinity;
	} rules[] = {
		{ "INT", AFF_INTEGER },
		{ "CHAR", AFF_TEXT },
		{ "CLOB", AFF_TEXT },
		{ "TEXT", AFF_TEXT },
		{ "BLOB", AFF_BLOB },
		{ "REAL", AFF_REAL },
		{ "FLOA", AFF_REAL },
		{ "DOUB", AFF_REAL },
	};

	if (!type || !*type)
		return AFF_BLOB;
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (strcasestr(type, rules[i].word))
			return rules[i].affinity;
	return AFF_NUMERIC;
}

/* From, to. INTEGER and NUMERIC differ only in CAST. A BLOB column takes
 * everything as it is, and may hold anything. */
static const enum retype effects[5][5] = {
	[AFF_INTEGER] = { RETYPE_FREE, RETYPE_TO_TEXT, RETYPE_FREE,
	    RETYPE_TO_REAL, RETYPE_FREE },
	[AFF_TEXT] = { RETYPE_TO_NUMBER, RETYPE_FREE, RETYPE_FREE,
	    RETYPE_TO_NUMBER, RETYPE_TO_NUMBER },
	[AFF_BLOB] = { RETYPE_TO_NUMBER, RETYPE_TO_TEXT, RETYPE_FREE,
	    RETYPE_TO_NUMBER, RETYPE_TO_NUMBER },
	[AFF_REAL] = { RETYPE_FREE, RETYPE_TO_TEXT, RETYPE_FREE, RETYPE_FREE,
	    RETYPE_FREE },
	[AFF_NUMERIC] = { RETYPE_FREE, RETYPE_TO_TEXT, RETYPE_FREE,
	    RETYPE_TO_REAL, RETYPE_FREE },
};

static struct retyping
retype(const char *from, const char *to)
{
	return (struct retyping){ effects[affinity_of(from)][affinity_of(to)],
		CONVERT_BY_ITSELF };
}

const struct diff_dialect sqlite_diff = {
	.inline_constraints = true,
	.fold = true,
	.loose_references = true,
	.retype = retype,
};
