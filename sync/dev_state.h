/* dev_state.h - between the files of the watcher; only they include it. */
#ifndef SYNC_DEV_STATE_H
#define SYNC_DEV_STATE_H

#include "base/clock.h"
#include "sync/child.h"
#include "sync/dev.h"

struct dev {
	const struct dev_options *options;
	const struct dev_ui *ui;
	struct arena arena; /* of the project, for as long as dev runs */
	struct project project;
	int debounce_ms, signals, lock;
	bool polling;
	struct child child;
	long deadline; /* when to look for changes, 0: when something moves */
	long redraw;   /* when to show the question anew, 0: not at all */
	long retry;    /* when to look for the database again, 0: it is there */
	long pause;    /* how long the last wait for it was */
	char *said;    /* the error that was said last, or NULL */
	bool unfit;    /* the database is one that no waiting makes better */
	bool busy;     /* others keep the database from being looked at */
	bool saved;    /* the last look was because a file was saved */
	int64_t last_run; /* what `u` takes back, 0: nothing of this session */
	struct names others;  /* files elsewhere that take part: headers */
	struct names folders; /* where they stand */
	struct map known;     /* both */
	char stamp[HASH_HEX]; /* dsl_stamp before the last look */
	char seen[HASH_HEX];  /* dsl_key of what it compiled, or "" */

	/* the question that stands, if asking */
	bool asking;
	struct arena question_arena;
	struct sync question;
	char question_hash[HASH_HEX];
	struct names skipped; /* what is not asked about again, in arena */

	/* a connection to a server, and until when it stands (dev_moved.c) */
	struct db *standing;
	long stands_until;

	/* the database as it was left (dev_moved.c) */
	char fingerprint[HASH_HEX], facts[HASH_HEX];
	char key[HASH_HEX]; /* dsl_key of the last look that succeeded */
	long glance;        /* when it was last seen */
	bool gone;          /* its file is not there */

	/* what something else did to it (dev_drift.c); all in arena */
	bool asking_drift, answering;
	struct drift drift;
	char drift_seen[HASH_HEX]; /* the fingerprint that was said */
	struct names known_strays; /* that were said, and may stay */
	struct names held;         /* change_key of what is not made for now */
	struct names own;          /* what is taken away again */
	struct names refused;      /* change_key of what the last look left */
};

/* What every run of the watcher is allowed. */
void dev_sync_options(const struct dev_options *o, struct sync_options *out);

/* The same, and what drift has made of it. */
void dev_run_options(const struct dev *d, struct sync_options *out);

/* Looks at both sides and applies what is safe; saved: because a file was. */
void dev_look(struct dev *d, bool saved);

/* Says an error, once; where the database is away it is looked for again, less
 * and less often. */
void dev_say_error(struct dev *d, const struct err *err, bool away);

/* Starts the command beside it, or again where the schema has changed and that
 * is wanted. */
void dev_run_command(struct dev *d, bool changed);

/* Reads a key and does what it says. */
void dev_read_key(struct dev *d);

/* Takes the place of the project's one watcher, and the signals. */
bool dev_start(struct dev *d, struct err *err);

/* Are keys deesse's, or the command's? Reading from behind would stop the
 * process. */
bool dev_keys_are_ours(const struct dev *d);

/* Keys are the command's while it runs, and deesse's while it asks. */
void dev_share_keys(struct dev *d);

/* Asks about what is refused, if one can ask and it was not skipped. */
void dev_ask(struct dev *d, struct err *err);

/* What is refused is not asked about again. */
void dev_skip(struct dev *d);

/* The question is gone, if one stands. */
void dev_drop_question(struct dev *d);

/* Is git at work on the files, or is one of them empty since a moment ago? */
bool dev_is_being_written(const struct dev *d);

/* Looks whether something else has changed the database: once more after the
 * last look's changes, and whenever it is time to. */
void dev_note_database(struct dev *d, bool applied);
long dev_next_glance(const struct dev *d);
bool dev_database_moved(struct dev *d);

/* A file moves: connects to a server while one waits for quiet. */
void dev_warm(struct dev *d);

/* Closes the connection that stands, if it has stood for long enough, or now:
 * nobody can drop a database, or copy it, while somebody is connected. */
void dev_cool(struct dev *d, bool now);

/* Finds what that is, and says it; true where the plan must be made anew, for
 * something is held back now. */
bool dev_find_drift(struct dev *d, const struct sync *s);
void dev_ask_drift(struct dev *d);
void dev_answer_drift(struct dev *d, enum dev_answer answer);

/* What the plan leaves, as the next one has to know. */
void dev_note_refused(struct dev *d, const struct sync *s);

/* Begins to watch what takes part; where that cannot be, says so and looks
 * every second. */
void dev_watch(struct dev *d);

/* After a look that succeeded: a header elsewhere may take part from now on,
 * and what is saved there counts. */
void dev_watch_others(struct dev *d);

/* Was any file that takes part saved since the last look began, and does it say
 * something else? What cannot be told may. */
bool dev_sources_moved(struct dev *d);

#endif
