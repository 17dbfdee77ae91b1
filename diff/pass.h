/* pass.h - what the files of this folder share while a diff is made.
 *
 * Internal to diff/. A diff goes through these files in this order: rename.c
 * makes the renames in a copy of `from`; diff.c, table.c and object.c compare
 * that copy with `to`, name by name, and note what differs; inherit.c finds
 * what one statement does to several tables; judge.c says what each change
 * means; needs.c and its like find what must come before what; order.c sorts.
 */
#ifndef DIFF_PASS_H
#define DIFF_PASS_H

#include "diff/diff.h"

/* What a change of type does to values. */
enum retype {
	RETYPE_FREE,    /* nothing: only the catalog changes */
	RETYPE_REINDEX, /* values stay, indexes are built anew */
	RETYPE_REWRITE, /* the table is written anew, values mean the same */
	RETYPE_CHECKED, /* fails where a value does not fit */
	RETYPE_CAST,    /* fails where a text cannot be read as the new type */
	RETYPE_MEANING, /* the same bytes mean another moment */
	RETYPE_CHANGES, /* values are rounded or cut without an error */
	RETYPE_TO_TEXT, /* numbers become text */
	RETYPE_TO_NUMBER, /* text that looks like a number becomes one */
	RETYPE_TO_REAL,   /* integers become floating point */
	RETYPE_COUNT
};

/* How values come over. */
enum conversion {
	CONVERT_BY_ITSELF,
	CONVERT_CAST,             /* USING c::type */
	CONVERT_BY_TEXT,          /* USING c::text::type */
	CONVERT_TO_ARRAY,         /* USING ARRAY[c] */
	CONVERT_TO_ARRAY_BY_TEXT, /* USING ARRAY[c::text]::type */
};

struct retyping {
	enum retype effect;
	enum conversion how;
};

/* A dialect, as far as differences go. */
struct diff_dialect {
	bool inline_constraints; /* a column's own ones come with it */
	bool constraint_names;   /* names count: there is a rename */
	bool names_sequences;    /* that of a column has a name of its own */
	bool fold;               /* names are the same in any case */
	bool keys_pin_types;    /* both ends of a foreign key are of one type */
	bool views_pin_columns; /* a view forbids to change its columns */
	bool loose_references;  /* a table may refer to what is not there yet */
	bool locks;             /* others wait while a table is written */
	/* Changes of type; enums are not passed. */
	struct retyping (*retype)(const char *from, const char *to);
	/* Are the casts of the type known, and none of them to an enum? NULL
	 * where there are no enums. */
	bool (*lists_casts)(const char *type);
	bool (*knows)(const char *type); /* see diff_knows_type; NULL: none */
};

extern const struct diff_dialect sqlite_diff, postgres_diff;

const struct diff_dialect *diff_dialect(enum dialect d);

/* What the text of an object mentions. */
struct words {
	const struct object *object;
	struct map names;  /* in lower case */
	struct map inside; /* these, and those in its strings: a body */
	struct map called; /* those before a parenthesis; not the object's own,
			      where it is defined */
	struct map read;   /* those that may be a table: "posts", "app.posts";
			      not the column of posts.title or AS title */
	bool star;         /* or an asterisk, which may mean any column */
};

struct pass {
	struct arena *a;
	enum dialect dialect;
	const struct diff_dialect *ops;
	struct diff *diff;
	struct schema *now; /* from, once the renames are made */
	const struct schema *from, *to;
	struct words *old_words, *new_words; /* one for each object */
	struct objects moving;  /* types that go and come again, of `now` */
	struct map table_words; /* struct map, by address as text */
};

/* diff.c: appends a change of that kind and returns it. */
struct change *pass_add(struct pass *p, enum change_kind kind);

/* diff.c: the same, of one of p->now's tables and what it is to be. */
struct change *pass_add_of(struct pass *p, enum change_kind kind, size_t table,
    const struct table *new);

/* diff.c: says that the two are one replacement. */
void pass_mates(struct change *drop, struct change *create);

/* rename.c: fills p->now and notes the renames. */
void pass_rename(struct pass *p);

/* table.c: notes what differs between two tables of one name. */
void pass_table(struct pass *p, const struct table *old,
    const struct table *now, const struct table *new);

/* domain.c: finds the domains and composite types that no ALTER gets to what
 * they are to be, and lets their columns be of another type for a while. */
void pass_domains(struct pass *p);
/* domain.c: does the type come again with attributes of other types, so that
 * values may become others? */
bool type_rewrites(struct pass *p, const struct object *old);
bool column_rewrites(struct pass *p, const struct column *now);
/* domain.c: is the column of the type, or a list of it? */
bool column_is_of(
    const struct pass *p, const struct column *c, const struct object *type);
/* domain.c: what the definition of a domain says after AS, up to what ALTER can
 * change; with its collation, or without. */
const char *domain_base(
    struct arena *a, enum dialect d, const struct object *o, bool collated);
/* attribute.c: is it a type of that sort? */
bool type_is_composite(const struct object *o);
bool type_is_range(const struct object *o);
/* attribute.c: is an attribute that stays of another type, or in another place?
 */
bool attributes_differ(
    const struct pass *p, const struct object *now, const struct object *new);
/* attribute.c: lets the column, of a type that moves, be the text that the new
 * type reads, where that is not what the old one writes. */
void attributes_convert(
    struct pass *p, struct column *between, const struct column *c);
/* domain.c: is it one of them? */
bool type_moves(const struct pass *p, const struct object *now);
/* domain.c: does a domain, say, get the name of the enum type? */
bool enum_is_succeeded(const struct pass *p, const struct enum_type *e);

/* needs.c: do the parts name exactly these columns, in any order? */
bool is_key_of(
    enum dialect d, const struct parts *parts, const struct names *columns);

/* reference.c: makes foreign keys again whose both ends change their type, or
 * which lose what they reference and find it again. */
void pass_references(struct pass *p);

/* object.c: notes what differs between objects. */
void pass_objects(struct pass *p);
bool words_mention(struct pass *p, const struct words *w, const char *name);
const char *words_fold(struct arena *a, const char *name);
/* Returns the names that types, defaults, checks and indexes of a new table
 * say, also inside strings; read once for each table. */
struct map *table_words(struct pass *p, const struct table *t);
bool words_mention_column(
    struct pass *p, const struct words *w, const char *name);
/* The table, or a part of it? */
bool words_mention_table(
    struct pass *p, const struct words *w, const struct table *t);
/* The column that changes, or one that is computed of it? */
bool words_mention_changed(
    struct pass *p, const struct words *w, const struct change *c);
/* A column of the enum type that another one takes the place of, or the type?
 */
bool words_retyped(
    struct pass *p, const struct words *w, const struct change *c);
/* Does it group by the primary key that the change takes away, or brings? */
bool words_group_by(
    struct pass *p, const struct words *w, const struct change *c);
/* partition.c: does the enum type of the column lose values, so that another
 * takes its place? */
bool pass_is_exchanged(const struct pass *p, const struct column *c);
/* partition.c: is the table divided in another way, or by a column of another
 * type, which no statement can do? */
bool pass_divides_otherwise(
    const struct pass *p, const struct table *now, const struct table *new);
/* partition.c: will the table be a part of another; was it one? Then it is
 * neither dropped nor made. */
bool pass_becomes_part(const struct pass *p, const struct table *now);
bool pass_was_part(const struct pass *p, const struct table *new);

/* partition.c: where the part that goes will be a table, or the one that comes
 * is one, sets c->part and notes what else differs. */
bool pass_detach(struct pass *p, struct change *c, const struct table *whole,
    const struct partition *part);
bool pass_attach(struct pass *p, struct change *c, const struct table *whole,
    const struct partition *part);
/* partition.c: is the index of a part one that it has while it is a table? */
bool pass_is_attached(struct pass *p, const struct object *o);

/* attach.c: does what a part has go because of the change, or with an object
 * that moves? */
bool attach_disturbs(
    struct pass *p, const struct change *c, const struct object *o);
bool attach_moves(struct pass *p, const struct object *o, const bool *moves);

/* comment.c: is the object said of an index, or of a constraint of a part, that
 * comes and goes with what the change makes or takes away? */
bool comment_comes_with(
    const struct pass *p, const struct object *o, const struct change *c);

/* inherit.c: finds out what heirs have of the changes of their parents. */
void pass_inherit(struct pass *p);
/* inherit.c: lets tables that the target keeps as they are `now` follow those
 * above them. */
void target_follow(
    struct arena *a, struct schema *target, const struct schema *now);

/* grant.c: lets rights be taken and given again that others disturb; moves and
 * replaced are of the objects of `now`. */
void pass_grants(struct pass *p, bool *moves, bool *replaced);

/* called.c: notes what tables call of a function that goes, and comes again or
 * not: before it goes and after it comes, where a type of its head goes, too.
 * Returns whether it has to be put aside until all is made again. */
bool pass_called(struct pass *p, const struct words *old, bool comes);
/* called.c: lets the function go last, where another one comes. */
void pass_aside(struct pass *p, struct change *drop);

/* apart.c: notes what tables say of types that go and come again. */
void pass_apart(struct pass *p);
/* apart.c: the default or expression of the column, the constraint, or the
 * index of that place goes and comes again, if nothing is noted of it yet. Of a
 * column that are two changes (halves), or none: false. */
bool apart_column(struct pass *p, size_t table, const struct table *new,
    size_t at, struct change *halves[2]);
void apart_constraint(
    struct pass *p, size_t table, const struct table *new, size_t at);
void apart_index(
    struct pass *p, size_t table, const struct table *new, size_t at);
/* apart.c: the same of a column, in one change. */
void again_column(
    struct pass *p, size_t table, const struct table *new, size_t at);
/* Does what the change brings (comes), or takes away, say the name, which is in
 * lower case? */
bool change_says(
    struct pass *p, struct change *c, const char *name, bool comes);
/* Can the object be mentioned, and is it? */
bool words_mention_object(
    struct pass *p, const struct words *w, const struct object *o);

/* judge.c: the pairs of renamed labels of the column that a check stands in,
 * or NULL. */
const struct names *constraint_labels(
    struct pass *p, const struct table *t, const struct constraint *c);

/* judge.c: sets phase and findings of a change. */
void pass_judge(struct pass *p, struct change *c);

/* needs.c: fills change.needs of all changes. */
void pass_needs(struct pass *p);

/* order.c: sorts the changes, and lets phases follow needs. */
void pass_order(struct pass *p);

/* guess.c: fills diff.unresolved. */
void pass_guess(struct pass *p);

/* imply.c: is what the new constraint or index asks already proven by the old
 * one, so that no row can break it? labels_was holds pairs of labels (old, new)
 * that are renamed on the way, or is NULL. */
bool constraint_implies(enum dialect d, const struct constraint *old,
    const struct constraint *new, const struct names *labels_was);
bool index_implies(
    enum dialect d, const struct index *old, const struct index *new);

/* type.c: what the change of a column's type does; enum types are known by
 * their column. */
struct retyping diff_retyping(
    enum dialect d, const struct column *from, const struct column *to);

/* name.c: names for keys and people. */
const char *name_table(struct arena *a, const struct table *t);
const char *name_column(
    struct arena *a, const struct table *t, const char *column);
/* "CHECK (views >= 0) of posts", where the link is "of". */
const char *name_constraint(struct arena *a, const struct constraint *c,
    const char *link, const struct table *t);
const char *name_parts(struct arena *a, const struct parts *parts);

/* Returns a key "word schema.table.name", folded as the dialect folds. */
const char *name_key(struct arena *a, const struct diff_dialect *ops,
    const char *word, const char *schema, const char *table, const char *name);
const char *name_constraint_key(struct arena *a, const struct diff_dialect *ops,
    const struct table *t, const struct constraint *c);
const char *name_object_key(struct arena *a, const struct diff_dialect *ops,
    enum dialect d, const struct object *o);
/* "posts.mine" of a policy, "slugify(text)" of a function, a statement itself.
 */
const char *name_object(struct arena *a, const struct object *o);

/* Is the constraint one that comes and goes with that column? */
bool constraint_belongs(const struct diff_dialect *ops, enum dialect d,
    const struct table *t, const struct constraint *c, const char *column);

#endif
