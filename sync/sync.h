/* sync.h - the pipeline, top to bottom.
 *
 *     collections ─ dsl ─→ declared ─┐
 *     database ─ introspect ─→ current ─→ target ─ diff ─→ plan
 *     plan ─ diff's findings, sentinel, probes, scratch copy ─→ verdicts
 *     verdicts ─ gate ─→ apply ─ journal ─→ commit
 *
 * A struct sync is one look at one database. Everything in it lives in the
 * arena it was given; sync_release closes the connection. Nothing here prints:
 * cmd/ does, and what dev needs of a terminal it gets as functions.
 */
#ifndef SYNC_SYNC_H
#define SYNC_SYNC_H

#include "diff/diff.h"
#include "journal/journal.h"
#include "sync/project.h"
#include "transpile/transpile.h"

struct sync_options {
	const char *command;   /* "push", for the history */
	const char *version;   /* of deesse */
	bool accept_data_loss; /* data-loss and data-dependent findings */
	struct names allow;    /* "CLASS" or "CLASS:OBJECT" */
	struct names deny;     /* "CLASS" */
	bool prune;	       /* own everything in the database */
	bool read_only;	       /* nothing will be applied */
};

/* One step of the plan with all that is known of it. */
struct judged {
	const struct step *step;
	const char *sql, *undo; /* undo is NULL where nothing takes it back */
	struct findings findings; /* of both witnesses, with numbers */
	enum verdict verdict;
	bool refused; /* the options do not accept it */
};
VEC(judgements, struct judged);

struct sync {
	struct arena *arena;
	const struct project *project;
	struct sync_options options;
	struct db *db;
	struct journal_state state;
	bool unchanged; /* the fast answer: nothing below was read */
	struct schema *declared, *current, *target;
	struct names kept; /* keys of what the database has of others */
	struct plan *plan;
	struct judgements steps;
	struct unresolved_list unresolved; /* that still need an answer */
	enum verdict verdict;
	bool refused; /* some step is, or something is unresolved */
	char source_key[HASH_HEX], fingerprint[HASH_HEX];
	bool has_source_key;
};

/* Opens the database; with options.read_only a missing file reads as empty,
 * else one deesse at a time holds its lock from here to sync_release. */
bool sync_open(struct sync *s, struct arena *a, const struct project *p,
    const struct sync_options *options, struct err *err);

/* Compiles, reads, compares, plans and judges. Where nothing moved since the
 * last push it only sets s->unchanged. */
bool sync_plan(struct sync *s, struct err *err);

/* As sync_plan, but never takes the fast answer. */
bool sync_plan_whole(struct sync *s, struct err *err);

/* Plans anew without what is destructive and not accepted: the safe half.
 * What was declined stays in the database as it is. */
bool sync_decline(struct sync *s, struct err *err);

/* Applies the plan in one transaction, proves it and writes the journal. A
 * database that moved since sync_plan is an ERR_DECISION error with *moved
 * set: plan again. On any error the database is as it was. */
bool sync_apply(struct sync *s, bool *moved, struct err *err);

/* Writes .deesse/shadow/schema.sql out of the declared schema. */
bool sync_write_shadow(struct sync *s, struct err *err);

/* Closes the database. The arena is the caller's. */
void sync_release(struct sync *s);

#endif
