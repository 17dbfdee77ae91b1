/* judge.h - how a part of the sentinel says what it found.
 *
 * Internal to sentinel/. One struct judge lives as long as one statement is
 * judged.
 */
#ifndef SENTINEL_JUDGE_H
#define SENTINEL_JUDGE_H

#include "sentinel/rule.h"
#include "sentinel/sentinel.h"

struct judge {
	struct arena *arena; /* of the findings */
	enum dialect dialect;
	const struct statement *statement;
	const char *table; /* of ALTER TABLE, else NULL */
	struct findings *out;
};

/* Adds the finding of a row that matched shape s. */
void judge_add(struct judge *j, const struct shape *s, const struct hit *hit);

/* Adds the finding of the rule of that name, on the words from the first to
 * the last of two tokens, if it is one of the dialect; object may be NULL. */
void judge_say(struct judge *j, const char *rule, const struct token *from,
    const struct token *to, const char *object);

#endif
