/* dev.h - the watcher: plan at each save, apply what is safe, ask of the rest.
 *
 * The loop decides; what a person sees and types is the business of the
 * functions in struct dev_ui, which cmd/ gives. A question stands while the
 * loop goes on: if files change meanwhile it is withdrawn and the plan is made
 * anew, and what is confirmed is applied only if the plan is still the very
 * same.
 */
#ifndef SYNC_DEV_H
#define SYNC_DEV_H

#include "sync/sync.h"
#include "sync/undo.h"

enum dev_answer {
	ANSWER_NONE,   /* not a key that means something; the question stands */
	ANSWER_YES,    /* apply it */
	ANSWER_NO,     /* keep the data; ask again after the next save */
	ANSWER_SKIP,   /* keep the data; do not ask this again */
	ANSWER_ADOPT,  /* of drift: the database is right */
	ANSWER_REVERT, /* the collections are right */
	ANSWER_IGNORE, /* neither: it stays as it is, and is not said again */
	ANSWER_UNDO,   /* while nothing is asked: take the last change back */
};

/* What is needed to have something again as the collections say it. */
struct drift_back {
	const char *what; /* "add column posts.body" */
	const char *file; /* where the collections say it, or NULL */
	int line;
};
VEC(drift_backs, struct drift_back);

/* What something else did to the database. */
struct drift {
	struct names added; /* "column posts.stars": no collection says it */
	struct names keys;  /* the same, with the parts of what is added */
	struct drift_backs back;
	bool open; /* nobody has said yet what is to become of it */
};

struct dev_ui {
	/* The loop begins, on this database. */
	void (*begin)(const struct project *p);
	/* Nothing was changed, for this reason; where the database is away, it
	 * is looked for again in so many milliseconds, else 0. */
	void (*error)(const struct err *err, long retry_ms);
	/* The database answers again. */
	void (*back)(void);
	/* These steps were applied, in so many milliseconds; none: in step. */
	void (*applied)(const struct sync *s, long ms);
	/* These steps are refused, and there is nobody to ask. */
	void (*pending)(const struct sync *s);
	/* Shows the question. */
	void (*ask)(const struct sync *s);
	/* A key was typed while the question stands, or nothing is asked
	 * (NULL).
	 */
	enum dev_answer (*key)(const struct sync *s, char c);
	/* Something else changed the database; nothing in it: that does not
	 * matter to the collections, or cannot be told apart from what they
	 * say new. */
	void (*drift)(const struct drift *x);
	/* Asks what is to become of that: a key is then for key_drift. */
	void (*ask_drift)(const struct drift *x);
	enum dev_answer (*key_drift)(char c);
	/* Shows what the collections would have to say, of the database as it
	 * is in s->current. */
	void (*adopt)(const struct sync *s, const struct drift *x);
	/* What is refused was skipped before and stays as it is. */
	void (*skipped)(const struct sync *s);
	/* Another deesse changed the database, or it is another one: these
	 * steps are left for the next save. */
	void (*elsewhere)(const struct sync *s);
	/* The database's file is not there any more. */
	void (*gone)(void);
	/* The question is gone: answered, or withdrawn for files or the
	 * database changed. */
	void (*answered)(enum dev_answer answer);
	void (*withdrawn)(void);
	/* These runs of the session were taken back, or would lose what came
	 * since. */
	void (*undone)(const struct undo *u);
	/* The command runs now, for the first time or again, or it ended. */
	void (*started)(char *const *argv, bool again);
	void (*ended)(char *const *argv, int status);
	/* Keys are deesse's from now on, or the command's. */
	void (*keys)(bool ours);
	int input; /* the terminal's descriptor, -1: nobody to ask */
};

struct dev_options {
	const struct project *project;
	const char *version;
	int debounce_ms;   /* 0: CONFIG's, else 300 */
	bool poll;         /* look every second, without inotify */
	char *const *argv; /* the command to run beside it, or NULL */
	bool allow_remote; /* a protected database, or one elsewhere */
	bool restart;      /* start that anew when the schema has changed */
};

/* May dev work on this database? Else an ERR_DECISION error says why not: it is
 * protected, or on another machine. To be asked before anything is started. */
bool dev_allows(
    const struct dev_options *o, const struct project *p, struct err *err);

/* Runs until SIGINT, SIGTERM, SIGHUP, the parent's end, or the command's, whose
 * status *status is then; else 0. The command is started after the first look
 * that succeeds, and ended with it all. */
bool dev_run(const struct dev_options *o, const struct dev_ui *ui, int *status,
    struct err *err);

#endif
