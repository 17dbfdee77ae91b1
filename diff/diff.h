/* diff.h - what must happen to a database so that it becomes another.
 *
 * Two schemas of one dialect in, a list of typed changes out, in an order in
 * which they can be made: what others need comes first, what others still
 * need goes last. A closed set: the first witness knows each kind. The idea is
 * Atlas's sql/schema/migrate.go and pg_dump_sort.c.
 */
#ifndef DIFF_DIFF_H
#define DIFF_DIFF_H

#include "base/verdict.h"
#include "schema/schema.h"

enum change_kind {
	CHANGE_CREATE_ENUM,
	CHANGE_RENAME_ENUM,
	CHANGE_ALTER_ENUM, /* labels added, renamed, dropped or in new order */
	CHANGE_DROP_ENUM,
	CHANGE_RENAME_TABLE,
	CHANGE_CREATE_TABLE, /* with its constraints, without indexes */
	CHANGE_DROP_TABLE,
	CHANGE_RENAME_COLUMN,
	CHANGE_ADD_COLUMN,
	CHANGE_DROP_COLUMN,
	CHANGE_COLUMN_TYPE,
	CHANGE_SET_NOT_NULL,
	CHANGE_DROP_NOT_NULL,
	CHANGE_COLUMN_DEFAULT,
	CHANGE_COLUMN_GENERATED,
	CHANGE_COLUMN_IDENTITY,
	CHANGE_COLUMN_COLLATION,
	CHANGE_COLUMN_CONFLICT, /* SQLite: ON CONFLICT of NOT NULL */
	CHANGE_ADD_CONSTRAINT,
	CHANGE_RENAME_CONSTRAINT, /* PostgreSQL, where names count */
	CHANGE_DROP_CONSTRAINT,
	CHANGE_CREATE_INDEX,
	CHANGE_RENAME_INDEX,
	CHANGE_DROP_INDEX,
	CHANGE_TABLE_OPTIONS, /* STRICT, WITHOUT ROWID, UNLOGGED, PARTITION BY
			       */
	CHANGE_ROW_SECURITY,
	CHANGE_ADD_PARTITION,
	CHANGE_PARTITION_BOUND,
	CHANGE_UNBIND_PARTITION, /* for the moment: its mate binds it again,
				    when others are out of the way, too */
	CHANGE_DROP_PARTITION,
	CHANGE_ADD_PARENT, /* the table inherits from another */
	CHANGE_DROP_PARENT,
	CHANGE_COMMENT,        /* of a table, column, index, constraint */
	CHANGE_CREATE_OBJECT,  /* view, trigger, … */
	CHANGE_REPLACE_OBJECT, /* in place: by OR REPLACE or ALTER */
	CHANGE_DROP_OBJECT,
	CHANGE_KIND_COUNT
};

enum phase { PHASE_RELAX, PHASE_TIGHTEN };

/* Returns "relax" or "tighten". */
const char *phase_name(enum phase p);

struct change;
VEC(changes, struct change *);

/* Pointers of the old side point into the schema `from`, of the new side into
 * `to`; those that a kind does not use are NULL. A change of a part of a table
 * (column, constraint, index) has both its tables. A constraint that is written
 * inside a column (SQLite), or that has no other column than the one that goes,
 * comes and goes with CHANGE_ADD_COLUMN and CHANGE_DROP_COLUMN; it has no
 * change of its own. */
struct change {
	enum change_kind kind;
	enum phase phase;
	const struct table *old_table, *new_table;
	const struct column *old_column, *new_column;
	const struct constraint *old_constraint, *new_constraint;
	const struct index *old_index, *new_index;
	const struct enum_type *old_enum, *new_enum;
	const struct object *old_object, *new_object;
	const struct partition *old_partition, *new_partition;
	const struct parent *parent; /* that comes or goes */
	/* the old side once all renames are made, as statements must say it */
	const struct table *now_table;
	const struct column *now_column;
	const struct constraint *now_constraint;
	const struct index *now_index;

	struct source source; /* where the wish stands; the table's for drops */
	struct findings findings; /* what the change is: the first witness */

	const char *online; /* made under this name before the transaction
			       begins (transpile_online), or NULL */

	const struct change *exchange; /* PostgreSQL, of an enum type that is
					  exchanged so: the change of the one
					  column that has it, which gets the
					  new type (transpile_exchange) */

	bool settled; /* no row that is there can break what it adds: another
			 constraint proves it, columns are new, or they were
			 asked */

	const struct table *part; /* that becomes the new partition, or that the
				     old one becomes, with its rows; or NULL */

	struct change *by; /* of a table above, whose statement makes this one
			      as well, or NULL */
	bool only; /* it is for this table, and not for those that inherit */

	struct changes needs; /* changes that must be made before this one */
	struct change *mate;  /* the other half of a replacement: a drop and the
				 creation that follows it, or NULL */
	struct changes columns; /* of a table that goes and is made anew: what
				   becomes of its columns; no changes of the
				   plan, their findings stand here as well */
	size_t place;           /* in diff.changes */
	struct map *said[2];    /* names that it takes away, and brings; filled
				   while the diff is made */
	bool early; /* a function whose body reads a table that calls it, or
		       calls one that does, and that comes after it */
	struct change *aside; /* of a function that tables call, and of the one
				 of its name that comes: the other. The old one
				 goes last, under another name */
};

/* A column or a table that goes while one that comes could be it. */
struct unresolved {
	const char *kind;          /* "rename" */
	const char *from;          /* "posts.body" or "posts" */
	struct names to;           /* "posts.content", likeliest first */
	const struct change *drop; /* the change that waits for the answer */
};
VEC(unresolved_list, struct unresolved);

struct diff {
	const struct schema *from, *to;
	struct changes changes;
	struct unresolved_list unresolved;
};

/* Compares two schemas of one dialect. Renames follow `.was` where the old
 * name exists in `from` and the new one does not. */
struct diff *diff_schemas(
    struct arena *a, const struct schema *from, const struct schema *to);

/* Returns `declared` and what `current` holds beyond it that `owns` does not
 * own: the schema that a push should end in. Objects are named by their key
 * (diff_keys); a NULL `owned` owns everything. Stray tables, and stray columns,
 * constraints and indexes of declared tables, are kept and added to `kept`
 * as keys, as `current` spells them. What `.was` renames is not stray. A stray
 * index or constraint of a column that goes, goes with it; a table that a
 * stray one references stays. */
struct schema *diff_target(struct arena *a, const struct schema *declared,
    const struct schema *current, const struct map *owned, struct names *kept);

/* Adds the keys of all that the schema holds: "table posts",
 * "column posts.title", "constraint posts.unique(title)",
 * "index posts.posts_popular", "view v", "enum mood". A constraint is what it
 * says, for SQLite gives it no name; names are folded as the dialect folds. */
void diff_keys(struct arena *a, const struct schema *s, struct names *out);

/* Makes one change in a schema: renames, adds, drops. The schema is a copy of
 * `from` in which all that c needs was made before. Names in expressions follow
 * renames as both engines make them follow. */
void diff_make(struct arena *a, struct schema *s, const struct change *c);

/* Returns the schema that d->from becomes where the given changes are not
 * made, nor what needs them, nor their mates: what is left when somebody
 * declines. A plan for it is that of diff_schemas(d->from, it). */
struct schema *diff_without(
    struct arena *a, const struct diff *d, const struct changes *declined);

/* Is it known to be a type of the server's own, or a list of such? */
bool diff_knows_type(enum dialect d, const char *type);

/* Must the change of type say how values are converted (PostgreSQL's USING)?
 * Returns the expression for the column, or NULL for none. What the new column
 * says itself (.using) goes first. */
const char *diff_conversion(
    struct arena *a, enum dialect d, const struct change *c);

/* Returns what the label of the old type is called in the new one: it acts as
 * `.was` does. */
const char *enum_label_now(const struct enum_type *old,
    const struct enum_type *new, const char *label);

/* Are all labels of the old type in the new one, in their order? Then the
 * type need not be exchanged. */
bool enum_grows(const struct enum_type *old, const struct enum_type *new);

/* Does the constraint or the index speak of the column? */
bool constraint_mentions(
    enum dialect d, const struct constraint *c, const char *column);
bool index_mentions(enum dialect d, const struct index *i, const char *column);

/* Does a text mention the name, as a word or quoted? What a view or trigger
 * mentions is found so. */
bool object_mentions(enum dialect d, const struct object *o, const char *name);

/* Returns the part of the table that the object is of (object.table), or NULL.
 */
const struct partition *object_part(
    enum dialect d, const struct object *o, const struct table *whole);

/* Does the new column bring its own value for rows that have none (.backfill)?
 * The old one is NULL where the column is new. */
bool column_fills(const struct column *old, const struct column *new);

/* A name for people and JSON: "drop column posts.title". */
const char *change_text(struct arena *a, const struct change *c);

#endif
