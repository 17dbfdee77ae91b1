/* record.h - what a run must write down so that it can be taken back. */
#ifndef SYNC_RECORD_H
#define SYNC_RECORD_H

#include "diff/diff.h"
#include "journal/journal.h"

/* Fills earlier, later and renames of *out: what of `from` is otherwise or
 * missing in `to`, as the database spells it, what of `to` is otherwise or
 * missing in `from`, and what the diff calls by another name. Asked while the
 * database still is `from`. */
bool record_change(struct arena *a, struct db *db, const struct schema *from,
    const struct schema *to, const struct diff *d, struct journal_change *out,
    struct err *err);

/* Writes the hashes of `later` again, once it is known how the database spells
 * what it was given: `to` compares as that now. */
void record_settle(
    struct arena *a, const struct schema *to, struct journal_change *out);

/* Returns the hash of a table, an object or an enum type that is written down
 * as `later`. */
const char *record_table(
    struct arena *a, enum dialect d, const struct table *t);
const char *record_object(struct arena *a, const struct object *o);

const char *record_enum(struct arena *a, const struct enum_type *e);

/* A rename in the journal says what was renamed, and in which schema where that
 * is not the default one: "column", "table app". */
bool record_is(const char *what, const char *word);
const char *record_schema(const char *what);

/* The word of a group of `renames` that names what could not run and went, by
 * its key: it may be as it was. */
#define RECORD_UNUSABLE "unusable"

/* The same of what was nobody's that deesse knows, and went with --prune: it is
 * no more deesse's when it comes back. Keys are those of diff_keys. */
#define RECORD_STRANGER "stranger"

/* Adds these: what of `from` is not in `to`, and not owned, or among those that
 * were not (may be NULL). */
void record_strangers(struct arena *a, const struct schema *from,
    const struct schema *to, const struct map *owned,
    const struct names *not_owned, struct journal_change *out);

/* Is the key one of them? */
bool record_strange(const struct journal_change *c, const char *key);

/* "table posts", "view v", "trigger t", "virtual table v": how things are
 * called in `later`. */
const char *record_table_key(struct arena *a, const struct table *t);
const char *record_object_key(struct arena *a, const struct object *o);
const char *record_enum_key(struct arena *a, const struct enum_type *e);

#endif
