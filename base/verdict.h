/* verdict.h - the words in which a change is judged.
 *
 * Two independent witnesses speak them: diff, which knows what a change is,
 * and the sentinel, which knows only the text of a statement. The stricter
 * wins. A finding says why; only evidence (a probe) can clear one.
 */
#ifndef BASE_VERDICT_H
#define BASE_VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"

enum verdict { VERDICT_SAFE, VERDICT_DESTRUCTIVE };

enum finding_class {
	CLASS_DATA_LOSS,      /* rows or values go */
	CLASS_DATA_DEPENDENT, /* fails or changes values, by what is stored */
	CLASS_BLOCKING,       /* locks or rewrites while others wait */
	CLASS_COMPATIBILITY,  /* a program in service may break */
	CLASS_AUTHORIZATION,  /* changes who may see or do what */
	CLASS_OPAQUE,         /* runs code, or is not known */
	CLASS_STYLE, /* works, and will be regretted; never destructive */
	CLASS_COUNT
};

struct finding {
	const char *rule; /* "drop-column": its page in docs/rules.md */
	enum finding_class class;
	const char *message; /* what is lost or may fail, one sentence */
	const char *hint;    /* what to do, or NULL */
	const char *object;  /* "posts.title", or NULL where text knows none */
	int64_t rows;        /* rows concerned, -1 where nobody counted */
	bool destructive;    /* makes the verdict destructive by itself */
	bool cleared;        /* evidence shows that it does not apply */
	bool heavy;          /* safe, and still to be said: others will wait */
	bool accepted;       /* somebody decided on this very change */
	size_t offset, length; /* the guilty words, bytes in the statement */
};

VEC(findings, struct finding);

/* Returns "safe" or "destructive". */
const char *verdict_name(enum verdict v);

/* Returns "data-loss", … as in JSON and on the command line. */
const char *class_name(enum finding_class c);

/* Sets *c to the class of that name. */
bool class_parse(enum finding_class *c, const char *name);

/* Returns the verdict of findings: destructive where one that is not cleared
 * is destructive. */
enum verdict findings_verdict(const struct findings *f);

#endif
