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
#include "sync/budget.h"
#include "sync/decisions.h"
#include "sync/project.h"
#include "transpile/transpile.h"

/* When is what takes long made beside those who work (online.h)? */
enum online_mode {
	ONLINE_NEVER,
	ONLINE_AUTO, /* where a table is large */
	ONLINE_ALWAYS,
};

/* How the command of a run ends that goes on with what the run before it began:
 * an undo takes such runs back together. */
#define SYNC_CONTINUED ", continued"

struct sync_options {
	const char *command;         /* "push", for the history */
	const char *version;         /* of deesse */
	bool accept_data_loss;       /* data-loss and data-dependent findings */
	struct names allow;          /* "CLASS" or "CLASS:OBJECT" */
	struct names deny;           /* "CLASS" */
	struct decisions *decisions; /* what was decided in a file, or NULL */
	bool prune;                  /* own everything in the database */
	bool trash_off;              /* what goes is not kept */
	int64_t max_trash;           /* bytes to keep without asking, 0: 1 GB */
	const char *protected;       /* a protected database of this name may be
					changed */
	bool any_protected;          /* any may */
	const char *instead;         /* the option to say so, or NULL:
					--protected */
	enum online_mode online;
	bool rewrite_copies;  /* where that would write a table anew, a column
				 gets its type by a copy beside it */
	struct budget budget; /* how long others may be kept waiting */
	/* changes that are not made for now, as change_key has them */
	const struct names *held;
	/* keys of what is owned as well, though the journal does not say so */
	const struct names *owned_too;
	const char *confirmed; /* sync_hash of a plan that was said yes to */
	bool read_only;        /* nothing will be applied */
	/* with read_only: where there is nothing to do, nobody asks which
	 * moment of the database that was, so that it has no fingerprint */
	bool only_looks;
	bool whole; /* no fast answer: read both sides */
	/* called now and then while a plan runs: what is being done ("writing
	 * posts anew"), and of how many rows, -1 where nobody counted */
	void (*progress)(const char *doing, int64_t rows);
};

/* One step of the plan with all that is known of it. */
struct judged {
	const struct step *step;
	const char *sql, *undo;   /* undo is NULL where nothing takes it back */
	const char *online;       /* what runs before, or NULL */
	struct findings findings; /* of both witnesses, with numbers */
	enum verdict verdict;
	bool refused; /* the options do not accept it */
};
VEC(judgements, struct judged);

struct protection;

struct sync {
	struct arena *arena;
	const struct project *project;
	struct sync_options options;
	struct db *db;
	struct journal_state state;
	bool unchanged; /* the fast answer: nothing below was read */
	struct schema *declared, *current, *target;
	struct changes later;  /* that wait for the others (online.h) */
	struct names dropped;  /* what an interrupted run had left */
	struct names kept;     /* keys of what the database has of others */
	struct names unproven; /* how the database spells these is not known */
	struct plan *plan;
	struct judgements steps;
	struct unresolved_list unresolved; /* that still need an answer */
	enum verdict verdict;
	bool refused;      /* some step is, or something is unresolved */
	const char *doing; /* of options.progress */
	int64_t doing_rows;
	int64_t locked_since;      /* by clock_ms, since the fence */
	struct trash *trash;       /* keeps what its statements take, or NULL */
	const struct guard *guard; /* what sync_apply counted, or NULL */
	/* of protect.h: sync_apply refuses what it does not allow */
	struct protection *protection;
	struct names held; /* keys of options.held that are left out */
	bool declined;     /* the plan is but the safe half (sync_decline) */
	char source_key[HASH_HEX], fingerprint[HASH_HEX];
	bool has_source_key;
	/* of what sync_apply did */
	int64_t run;           /* its number in the history, 0: none */
	int64_t first;         /* the run that had to be committed before it */
	const char *first_why; /* in words */
	struct judgements ahead; /* what such runs have done of this plan */
	bool ahead_of_rest;      /* this is such a run */
	bool only_values;        /* this only adds values of enum types, so that
				    what was made ahead stays */
	/* of a part of a plan: all that the database holds after it, for then
	 * `current` and `target` hold but what the part is about; or NULL */
	struct schema *whole;
	bool follows;          /* the part before it was committed just now */
	bool continues;        /* the caller has committed such a run before */
	int64_t kept_entries;  /* copies in the trash */
	int64_t kept_bytes;    /* their size */
	const char *kept_path; /* where */
	const char *lost;      /* what went without a copy, in words, or NULL */
};

/* Begins a look; nothing is opened yet. */
void sync_init(struct sync *s, struct arena *a, const struct project *p,
    const struct sync_options *options);

/* Compiles, reads, compares, plans and judges. Where nothing moved since the
 * last push it only sets s->unchanged. Unless options.read_only, the database
 * is made where it is missing, and the lock that lets one deesse at a time
 * change it is held from here to sync_release. */
bool sync_plan(struct sync *s, struct err *err);

/* Is the schema another one than was read? False, too, where nobody can say. */
bool sync_has_moved(struct sync *s);

/* Plans anew without what is refused: the safe half. What was declined stays
 * in the database as it is. */
bool sync_decline(struct sync *s, struct err *err);

/* Plans from one schema to another, without a database: nothing is probed, so
 * nothing is cleared. */
bool sync_compare(
    struct sync *s, struct schema *from, struct schema *to, struct err *err);

/* Applies the plan in one transaction, proves it and writes the journal. Sets
 * *moved where the database is no longer what was planned for: then nothing
 * was applied, and the caller plans again. On any error the database is as it
 * was. */
bool sync_apply(struct sync *s, bool *moved, struct err *err);

/* Writes the hash of what would run and of what it was planned for. */
void sync_hash(const struct sync *s, char hex[HASH_HEX]);

/* Is there nothing to do? */
bool sync_is_done(const struct sync *s);

/* Writes .deesse/shadow/schema.sql out of the declared schema. */
bool sync_write_shadow(struct sync *s, struct err *err);

/* Lets go of the database, to plan anew: who holds a lock on a server keeps its
 * connection and the lock, to be put into the next struct's `db` before
 * sync_plan, for others with another plan would undo what was made ahead.
 * Returns NULL where it was closed. */
struct db *sync_hold(struct sync *s);

/* Closes the database. The arena is the caller's. */
void sync_release(struct sync *s);

#endif
