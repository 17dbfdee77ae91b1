/* fact.h - what of a schema counts, as tables.
 *
 * Equality and the canonical text walk the same rows, so that they can never
 * disagree about what counts. Only schema/ includes this.
 */
#ifndef SCHEMA_FACT_H
#define SCHEMA_FACT_H

#include "schema/schema.h"

enum fact_kind {
	FACT_NAME,       /* const char *, a name of the database */
	FACT_OWN_NAME,   /* the same, where names of constraints count */
	FACT_TYPE,       /* const char *, a type */
	FACT_COLLATION,  /* const char *, the default one is as if not said */
	FACT_WORD,       /* const char *, a keyword */
	FACT_TEXT,       /* const char *, compared byte for byte */
	FACT_COMMENT,    /* the same, where the dialect keeps comments */
	FACT_OPTIONS,    /* const char *, "a = 1, b = 2" in any order */
	FACT_EXPR,       /* struct expr */
	FACT_BOOL,       /* bool */
	FACT_ACTION,     /* enum action */
	FACT_IDENTITY,   /* enum identity */
	FACT_CONSTRAINT, /* enum constraint_kind */
	FACT_OBJECT,     /* enum object_kind */
	FACT_NAMES,      /* struct names, in their order */
	FACT_LABELS,     /* struct names that are texts */
	FACT_PARTS,      /* struct parts, in their order */
	FACT_PARTITIONS, /* struct partitions, in any order */
	FACT_PARENTS,    /* struct parents, in any order */
};

struct fact {
	enum fact_kind kind;
	const char *label; /* in the text; "" for none */
	size_t offset;
	const char *unsaid; /* a value that means the same as NULL */
	size_t more_at;     /* where the struct points to another one, if the
			       fact is in that; or 0 */
};

/* The facts of one struct, and the word that its line begins with. */
struct facts {
	const char *word;
	const struct fact *v;
	size_t n;
};

extern const struct facts column_facts, constraint_facts, part_facts,
    index_facts, partition_facts, parent_facts, table_facts, enum_facts,
    object_facts;

/* What a dialect thinks of names. */
struct rules {
	bool fold;             /* names and types are the same in any case */
	bool constraint_names; /* names of constraints count */
	bool comments;         /* the database keeps comments */
	const char *collation; /* what a column has that says none */
};

extern const struct rules schema_rules[DIALECT_COUNT];

/* Returns where the fact is in the thing. */
const void *fact_at(const struct fact *f, const void *thing);

/* Returns what a fact of text-like kind says, or NULL where it does not count
 * or means the same as nothing. */
const char *fact_string(
    const struct rules *r, const struct fact *f, const void *thing);

/* Returns the options of such a list, sorted. */
const char *fact_options(struct arena *a, const char *s);

/* Do the things say the same in all these facts? */
bool facts_equal(
    const struct rules *r, const struct facts *f, const void *a, const void *b);

#endif
