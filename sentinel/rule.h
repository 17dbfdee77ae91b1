/* rule.h - one row of what the sentinel knows. */
#ifndef SENTINEL_RULE_H
#define SENTINEL_RULE_H

#include "base/verdict.h"
#include "sentinel/shape.h"

/* What a rule that matches means. */
enum effect {
	EFFECT_SAFE,        /* known, and nothing to say */
	EFFECT_NOTE,        /* a finding on a safe verdict */
	EFFECT_DESTRUCTIVE, /* a finding that makes it destructive */
};

enum {
	FOR_SQLITE = 1 << DIALECT_SQLITE,
	FOR_POSTGRES = 1 << DIALECT_POSTGRES,
	FOR_BOTH = FOR_SQLITE | FOR_POSTGRES,
};

/* The pattern is PCRE2 over a whole shape (see shape.h), linear, and begins
 * with the word, or the choice of words, that is the statement's first. Its
 * groups <t> and <c> are the table and the column of the finding. A rule with
 * a fact needs it, and matches whatever has it where there is no pattern. */
struct rule {
	const char *name; /* its section in docs/rules.md */
	enum finding_class class;
	unsigned dialects;
	enum effect effect;
	enum fact fact;
	const char *pattern;
	const char *message; /* one sentence for users */
	const char *hint;    /* what to do, or NULL */
};

extern const struct rule sentinel_rules[];
extern const size_t sentinel_rules_n;

/* A rule that knows a shape, and where it found its table and its column:
 * bytes of the shape, empty where it names none. */
struct hit {
	const struct rule *rule;
	size_t table, table_end, column, column_end;
};

#define HITS_MAX                                                               \
	32 /* of one shape: rules exclude each other by their words            \
	    */

/* Sets hits to the rules whose patterns match the shape, in the order of the
 * table; returns how many. */
size_t rules_match(const struct shape *s, struct hit *hits, size_t max);

/* Returns the rule of that name, which must exist. */
const struct rule *rule_named(const char *name);

/* Returns the sentinel's part of docs/rules.md. */
const char *rules_page(struct arena *a);

#endif
