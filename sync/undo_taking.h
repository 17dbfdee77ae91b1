/* undo_taking.h - one run, being taken back.
 *
 * The steps stand in the order in which undo.c takes them, all in one
 * transaction that begins before the first. Each returns false with an error
 * that says why the run cannot be taken back; the caller rolls back, so nothing
 * was changed then.
 */
#ifndef SYNC_UNDO_TAKING_H
#define SYNC_UNDO_TAKING_H

#include "journal/journal.h"
#include "sync/undo.h"

struct taking {
	struct undo *u;
	const struct journal_entry *run;
	struct journal_change change;
	struct schema *before; /* what is there when it begins */
	struct schema *now;    /* and once the trash gave back what moved */
	struct schema *target, *bare;
	char fingerprint[HASH_HEX]; /* of before */
	struct trash trash;
	struct trash_entries entries;
	struct journal_run journal;
	struct names rewritten; /* statements of the last pass */
	bool same_rows;         /* no row was renumbered since the run */
};

/* Says why the run cannot be taken back. Returns false. */
bool taking_cannot(const struct taking *k, struct err *err, const char *why);

/* Reads what the run did, what there is now, what was before, and what the
 * trash keeps of it. */
bool taking_look(struct taking *k, struct err *err);

/* Lets what moved come out of the trash. */
bool taking_bring(struct taking *k, struct err *err);

/* Plans and judges the way to the bare target (u->sync). */
bool taking_plan(struct taking *k, struct err *err);

/* Before the plan is applied: notes where the rows of each entry stand. */
bool taking_prepare(struct taking *k, struct err *err);

/* After it: puts the values of each entry back, and counts them (u->back). */
bool taking_fill(struct taking *k, struct err *err);

/* Writes the tables that came bare as they were, with all that was taken off
 * their columns. */
bool taking_rewrite(struct taking *k, struct err *err);

/* Lets counters go on behind the last number that was ever given. */
bool taking_go_on(struct taking *k, struct err *err);

#endif
