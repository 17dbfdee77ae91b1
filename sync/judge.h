/* judge.h - the verdict on each step of a plan, and what follows of it. */
#ifndef SYNC_JUDGE_H
#define SYNC_JUDGE_H

#include "sync/sync.h"

/* Fills s->steps, s->unresolved, s->verdict and s->refused out of s->plan: the
 * first witness (diff), the second (the sentinel), and on SQLite the third
 * (the engine's authorizer on a scratch copy); the probes' numbers; and what
 * the options accept. */
bool judge(struct sync *s, struct err *err);

/* Asks the database what each change loses or violates: sets rows of the
 * findings that a probe answers, and clears those it disproves. Where only
 * cleared is set, asks again only for what was cleared, and sets *held to
 * whether every one of them still is. */
bool probe_changes(struct sync *s, const struct step *step, bool only_cleared,
    bool *held, struct err *err);

/* Do the options accept this finding, or does it not count? */
bool finding_passes(const struct sync_options *o, const struct finding *f);

/* Is what the sentinel or the engine calls by one rule what diff/ calls by the
 * other? */
bool judge_same_rule(const char *seen, const char *known);

/* Returns the target without the changes that are refused. */
struct schema *decline(struct sync *s);

#endif
