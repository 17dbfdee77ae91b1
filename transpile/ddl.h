/* ddl.h - what the files of this folder share.
 *
 * Internal to transpile/. ddl.c writes what both dialects spell alike; each
 * dialect has its own table and plan.
 */
#ifndef TRANSPILE_DDL_H
#define TRANSPILE_DDL_H

#include "transpile/transpile.h"

struct planner {
	struct arena *a;
	enum dialect dialect;
	const struct ddl_dialect *ops;
	const struct diff *diff;
	struct plan *plan;
	struct schema *state; /* what stands now; asked for by plan_state */
	size_t made;          /* steps that are in the state */
	size_t written;       /* steps that have their statements */
};

/* What is being written: the statements of one change of a step. */
struct writing {
	struct planner *p;
	struct step *s;
	const struct change *c;
	struct buf b;
	struct err *err; /* set where ok is false */
	bool ok;
};

/* A dialect, as far as statements go. */
struct ddl_dialect {
	/* Adds the types and tables of the schema as statements. */
	void (*schema)(struct buf *out, const struct changes *order);
	/* Must the table be written anew for this change? NULL: never. */
	bool (*rebuilds)(const struct change *c);
	/* Writes a step that is a rebuild. */
	void (*rebuild)(struct writing *w);
	/* Writes a table anew; NULL: never. */
	void (*rewrite)(struct planner *p, struct names *to,
	    const struct table *old, const struct table *new, bool back);
	/* See transpile_online and transpile_make_online; NULL: never. */
	bool (*online)(const struct change *c);
	void (*make_online)(struct arena *a, struct buf *b,
	    const struct change *c, const char *name, struct online_steps *out);
	bool (*notes)(const struct change *c); /* see transpile_notes */
	/* See transpile_exchange. */
	const struct change *(*exchange)(struct arena *a, const struct diff *d,
	    const struct change *c, const char **why);
	/* Writes what a statement about a table above leaves to say of a
	 * change that it carries; NULL: nothing is carried. */
	void (*carried)(struct writing *w);
	/* Does a change of this kind ask whether views and triggers can run? */
	bool reads_all[CHANGE_KIND_COUNT];
	/* Writes sql and undo of a change; NULL: cannot be said. */
	void (*write[CHANGE_KIND_COUNT])(struct writing *w);
};

extern const struct ddl_dialect sqlite_ddl, postgres_ddl;

/* plan.c: the schema as it stands before the step that is being written. */
struct schema *plan_state(struct planner *p);

/* plan.c: the table as it is after changes of itself alone. */
struct table *plan_table_after(struct planner *p, const struct table *before,
    struct change *const *changes, size_t n);

/* plan.c: appends the statement that is in the buffer, and empties it. */
void plan_say(struct planner *p, struct names *to, struct buf *b);
void say(struct writing *w);
void say_undo(struct writing *w);

/* ddl.c: pieces. */
void ddl_names(struct buf *b, enum dialect d, const struct names *names);
void ddl_parts(struct buf *b, enum dialect d, const struct parts *parts);
void ddl_constraint(
    struct buf *b, enum dialect d, const struct constraint *c, bool in_column);
void ddl_index(struct buf *b, enum dialect d, const struct table *t,
    const struct index *i);
/* The same with " CONCURRENTLY". */
void ddl_index_as(struct buf *b, enum dialect d, const struct table *t,
    const struct index *i, const char *how);
void ddl_drop_index(
    struct buf *b, enum dialect d, const struct table *t, const char *name);
void ddl_drop_object(struct buf *b, enum dialect d, const struct object *o);
void ddl_table_name(struct buf *b, enum dialect d, const struct table *t);
void ddl_alter(struct buf *b, enum dialect d, const struct table *t);
/* The same, without those that inherit from it. */
void ddl_alter_only(struct buf *b, enum dialect d, const struct table *t);
void ddl_source(struct buf *b, const struct source *s);

/* ddl.c: is the text one call of a function, so that it needs no
 * parentheses? Is it one value: a literal, with or without a sign? */
bool ddl_is_call(enum dialect d, const char *text);
bool ddl_is_literal(enum dialect d, const char *text);

/* ddl.c: adds an expression so that nothing around it can be taken for a part
 * of it. */
void ddl_expr(struct buf *b, enum dialect d, const struct expr *e);

/* sqlite.c: whole tables, columns. */
void sqlite_table(struct buf *b, const struct table *t, const char *name);
void sqlite_column(
    struct buf *b, const struct table *t, const struct column *c);
bool sqlite_can_add(const struct table *t, const struct column *c);
bool sqlite_can_drop(const struct table *t, const struct column *c);

/* sqlite_rebuild.c: adds the statements that turn table `old` into `new`,
 * which has the same name, or the other way `back`. */
void sqlite_rebuild(struct planner *p, struct names *to,
    const struct table *old, const struct table *new, bool back);

/* sqlite_rebuild.c: the table as undo can bring it back: columns that come
 * again without a value must be optional. */
struct table *sqlite_loosened(
    struct arena *a, const struct table *old, const struct table *stands);

/* sqlite_rebuild.c: the writer of a step that is a rebuild. */
void sqlite_write_rebuild(struct writing *w);

/* postgres.c: whole tables (without the foreign keys for which `waits` says
 * so), columns, comments. */
void postgres_table(struct buf *b, const struct table *t,
    bool (*waits)(const struct constraint *c, const struct table *t, void *arg),
    void *arg);
void postgres_schema(struct buf *out, const struct changes *order);
void postgres_column(struct buf *b, const struct column *c);
/* postgres_column.c: "ALTER TABLE t ALTER COLUMN c ", of this table only where
 * others inherit from it; and what its default is. */
void postgres_alter_column(
    struct buf *b, const struct table *t, const struct column *c, bool only);
void postgres_set_default(
    struct buf *b, const struct table *t, const struct column *c, bool only);
void postgres_add_constraint(
    struct buf *b, const struct table *t, const struct constraint *c);

/* postgres.c: are all its columns its own, so that it is made in its order of
 * them, and told afterwards from whom it inherits? */
bool postgres_inherits_later(const struct table *t);

/* postgres.c: is it a foreign key to that table? */
bool postgres_points(const struct constraint *c, const struct table *t);

/* postgres_column.c: takes a generated column away, with what stands on it,
 * while what it reads changes, and makes it again. */
void postgres_put_aside(struct writing *w, struct names *to,
    const struct table *t, const struct column *c);
void postgres_put_back(struct writing *w, struct names *to,
    const struct table *t, const struct column *c);
void postgres_enum(struct buf *b, const char *name, const struct enum_type *e);
void postgres_comments(struct names *out, struct arena *a,
    const struct table *t, const struct column *only);
void postgres_comment(struct buf *b, const struct table *t,
    const struct column *c, const struct constraint *k, const struct index *i,
    const char *comment);

/* postgres_inherit.c: says what is of the column in this table, and not in
 * those above it: its default, NOT NULL, that it is numbered. */
void postgres_say_inherited(struct names *out, struct arena *a,
    const struct table *t, const struct column *c, const struct column *above);
void postgres_write_carried(struct writing *w);
void postgres_write_parent(struct writing *w);
/* A check that goes with a column stays with those that inherit it, which the
 * server forgets to tell them: it is taken away by itself. */
void postgres_let_go(
    struct writing *w, const struct table *had, const struct table *has);
void postgres_say_parents(
    struct names *out, struct arena *a, const struct table *t);

/* postgres_table.c: what a table needs after CREATE TABLE: partitions, row
 * security, constraints that are not valid, comments, and what its columns have
 * beyond those of the tables above it, which are in s. `waits` as above. */
void postgres_after_table(struct names *out, struct arena *a,
    const struct schema *s, const struct table *t,
    bool (*waits)(const struct constraint *c, const struct table *t, void *arg),
    void *arg);

/* postgres_alter.c: adds the statements that turn one text of an object into
 * another without dropping it; false where there are none. */
bool postgres_alter_object(struct arena *a, struct names *out,
    const struct object *from, const struct object *to);

/* postgres_table.c, postgres_object.c: writers of changes. */
void postgres_write_options(struct writing *w);
void postgres_write_row_security(struct writing *w);
void postgres_write_add_partition(struct writing *w);
void postgres_write_partition_bound(struct writing *w);
void postgres_write_unbind_partition(struct writing *w);
void postgres_write_drop_partition(struct writing *w);
void postgres_write_create_object(struct writing *w);
void postgres_write_replace_object(struct writing *w);
void postgres_write_drop_object(struct writing *w);

/* postgres_online.c: can it be made ahead, how, and how it takes its place. */
bool postgres_can_online(const struct change *c);
void postgres_make_online(struct arena *a, struct buf *b,
    const struct change *c, const char *name, struct online_steps *out);
void postgres_place_online(struct writing *w);
void postgres_drop_check(struct writing *w);

/* postgres_online.c: ends the statement that is in the buffer; adds those that
 * make a constraint, looked at row by row. */
void postgres_keep_online(struct arena *a, struct buf *b, enum online_how how,
    struct online_steps *out);
/* Adds the validation of a constraint of the table. */
void postgres_validate(struct arena *a, struct buf *b, const struct table *t,
    const char *name, struct online_steps *out);
/* As postgres_keep_online, of an UPDATE that ends with its condition; releases
 * `left`. */
void postgres_keep_fill(
    struct arena *a, struct buf *b, struct buf *left, struct online_steps *out);
void postgres_make_check(struct arena *a, struct buf *b, const struct table *t,
    const struct constraint *k, struct online_steps *out);
void postgres_make_not_null(struct arena *a, struct buf *b,
    const struct table *t, const char *column, const char *name,
    struct online_steps *out);

/* postgres_fill.c: the same of a column that is filled by .backfill. */
bool postgres_can_fill(const struct change *c);
void postgres_make_fill(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out);
void postgres_place_fill(struct writing *w);

/* postgres_fill.c: the trigger that goes with a name, and its function: what
 * they are called, how they are made and what drops both. */
void postgres_online_trigger(struct buf *b, const char *name);
void postgres_online_function(struct buf *b, const char *name);
void postgres_make_function(struct arena *a, struct buf *b, const char *name,
    const char *body, struct online_steps *out);
void postgres_make_trigger(struct arena *a, struct buf *b,
    const struct table *t, const char *name, const char *when, const char *each,
    const char *function, struct online_steps *out);
/* The same of one that gives rows a value before they are written. */
void postgres_fill_trigger(struct arena *a, struct buf *b,
    const struct table *t, const char *name, const char *body,
    struct online_steps *out);
void postgres_online_body(
    struct buf *b, const char *verb, const char *name, const char *body);
void postgres_drop_trigger(struct writing *w);

/* postgres_table.c: the same of a partition that leaves its table. */
bool postgres_can_detach(const struct change *c);
void postgres_make_detach(struct arena *a, struct buf *b,
    const struct change *c, struct online_steps *out);

/* postgres_copy.c: the same of a column that gets another type: it is made
 * once more beside the old one, which it then takes the place of. The column
 * `stands` is the old one with the default that it will have. */
bool postgres_can_copy(const struct change *c);
void postgres_make_copy(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out);
void postgres_place_copy(struct writing *w, const struct column *stands);

/* postgres_exchange.c: the same of an enum type, whose one column gets another;
 * what makes the type, and what gives it its place. */
const struct change *postgres_exchange(struct arena *a, const struct diff *d,
    const struct change *c, const char **why);
void postgres_make_type(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out);
void postgres_place_type(struct writing *w);

/* postgres_online.c: adds the statement that makes an index a key. */
void postgres_key_using(struct buf *b, const struct table *t,
    const struct constraint *k, const char *index);

/* postgres_refill.c: the same of a column that was there and becomes required:
 * rows without a value get one, and a table in ONLINE_SCHEMA notes which. */
bool postgres_can_refill(const struct change *c);
void postgres_make_refill(struct arena *a, struct buf *b,
    const struct change *c, const char *name, struct online_steps *out);
void postgres_place_refill(struct writing *w);

/* postgres_note.c: a table in ONLINE_SCHEMA that notes values by the primary
 * key. Does the key find a row before and after the change, and is no part of
 * it the column? */
bool postgres_has_key(const struct change *c, const char *column);
/* Adds "OLD.id, OLD.day", and "k.id = OLD.id AND …". */
void postgres_note_keys(
    struct buf *b, const struct change *c, const char *before);
void postgres_note_match(
    struct buf *b, const struct change *c, const char *before);
/* Adds what it is called, and its key. */
void postgres_note_name(struct buf *b, const char *name);
void postgres_note_key(struct buf *b, const char *name);
/* Ends the CREATE TABLE that is in the buffer, and adds the key. */
void postgres_end_note(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out);
/* Adds the check that stands for the run. */
void postgres_mark(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out);
/* It is in the trash by now, unless nothing is kept. */
void postgres_drop_note(struct writing *w);

/* postgres_keep.c: can what a column holds be noted ahead, for the trash? All
 * steps of a column that goes; of another type what comes before it is filled,
 * and what compares; and what drops the triggers and what is left. */
bool postgres_keeps(const struct change *c);
bool postgres_notes(const struct change *c);
void postgres_make_keep(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out);
void postgres_begin_keep(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out);
void postgres_end_keep(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out);
void postgres_drop_keep(struct writing *w);

/* postgres_column.c, postgres_enum.c: writers of changes. */
void postgres_write_add_column(struct writing *w);

/* Is .backfill one value for all rows, so that no row need be written? */
bool postgres_fills_at_once(const struct column *c);
void postgres_write_drop_column(struct writing *w);
void postgres_write_type(struct writing *w);
void postgres_write_not_null(struct writing *w);
void postgres_write_default(struct writing *w);
void postgres_write_generated(struct writing *w);
void postgres_write_identity(struct writing *w);

/* Lets a new sequence of the column go on behind the last row. */
void postgres_catch_up(struct arena *a, struct buf *b, const struct table *t,
    const struct column *c);

/* postgres_object.c: is it a function that is made without a look at its body?
 * That may read a table that itself calls the function, or be known to name
 * what is not there. */
bool postgres_is_blind(const struct change *c, const struct object *o);

/* postgres_given.c: says what takes from a thing that was just made, or that
 * undo made again, the rights that default privileges gave it beyond those that
 * it is to have. The last three fill in what they are of: the sequence of an
 * identity; a part; a table with both. */
struct given {
	enum object_kind kind; /* OBJECT_FOREIGN_TABLE: any table */
	const char *schema, *name, *signature;
	bool exact; /* the thing was there: nobody gains by that it is new */
	bool back;  /* undo makes it */
};
void postgres_take_given(struct writing *w, const struct given *g);
void postgres_take_given_column(struct writing *w, const struct table *t,
    const struct column *c, const struct given *like);
void postgres_take_given_part(struct writing *w, const struct table *t,
    const struct partition *part, const struct given *like);
void postgres_take_given_table(
    struct writing *w, const struct table *t, const struct given *like);

/* postgres_anew.c: says what keeps the rows of a table that is dropped and
 * comes again, and what puts them into the new one. */
void postgres_put_rows_aside(struct writing *w);
void postgres_take_rows(struct writing *w);
void postgres_write_collation(struct writing *w);
void postgres_write_alter_enum(struct writing *w);

#endif
