/* sense.h - what compiles, and yet means nothing.
 *
 * Internal to dsl/. Options that contradict each other, that say nothing of
 * what they stand at, or that the database would refuse: a rule is one row, and
 * a dialect has rows of its own. They look at what is lowered, so they run
 * last; what they find is one mistake each.
 */
#ifndef DSL_SENSE_H
#define DSL_SENSE_H

#include "dsl/lower.h"

/* Where a rule looks. */
struct sensing {
	struct lowering *l;
	struct arena *a;
	const struct lowered *c; /* NULL: beside collections */
	const struct deesse_item *item;
	const struct field *f; /* NULL: it is no field */
	const struct deesse_BOOLEAN
	    *common; /* options of all fields, or NULL */
};

struct sense {
	unsigned short kind; /* DEESSE_KIND_…; 0: every field */
	const char *option;  /* where it is shown; NULL: at the item */

	/* Returns what is wrong, or NULL. */
	const char *(*wrong)(const struct sensing *s);
};

/* Ends in a row without a function. */
extern const struct sense field_senses[], key_senses[], item_senses[],
    partition_senses[], sqlite_senses[], postgres_senses[];

/* sense_columns.c: tells which columns the item's SQL names that are not
 * there. */
void sense_columns(const struct sensing *s);

/* sense_sql.c: the same of a definition in a file. */
void sense_sql(struct lowering *l, const struct stated *of);

/* Must rules see all that is lowered, before they look at the collection? */
bool sense_waits(const struct lowering *l, const struct lowered *c);

/* Tells what of a collection means nothing. */
void sense_collection(struct lowering *l, const struct lowered *c);

/* Tells what else means nothing, and what of collections that are not done. */
void lower_sense(struct lowering *l);

/* Returns the item of that kind, here, of a collection, or NULL. */
const void *sense_find(const struct sensing *s, unsigned short kind);

/* Is the name among the texts of .on, .include …? */
bool sense_names(const char *const *parts, const char *name);

/* Is it in the primary key? */
bool sense_in_key(const struct lowered *c, const struct field *f);

/* Says so where the collection has more columns than that. */
const char *sense_too_many(const struct sensing *s, int max);

/* Returns a field of the collection by its name or its column's, or NULL. */
const struct field *sense_field(const struct lowered *c, const char *name);

#endif
