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
	ANSWER_NONE, /* not a key that means something; the question stands */
	ANSWER_YES,  /* apply it */
	ANSWER_NO,   /* keep the data; ask again after the next save */
	ANSWER_SKIP, /* keep the data; do not ask this again */
	ANSWER_UNDO, /* while nothing is asked: take the last change back */
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
	/* The question is gone: answered, or withdrawn for files changed. */
	void (*answered)(const struct sync *s, enum dev_answer answer);
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
