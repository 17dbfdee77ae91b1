/* lower.h - collections into the schema of one dialect.
 *
 * Internal to dsl/. A dialect is a row of choices and functions (struct rules)
 * in its own file; the rest is the same for all. docs/ARCHITECTURE.md says what
 * comes out. Mistakes go to the report, and lowering goes on, so that all are
 * told at once.
 */
#ifndef DSL_LOWER_H
#define DSL_LOWER_H

#include "base/map.h"
#include "dsl/build.h"
#include "schema/schema.h"

struct lowering;
struct lowered;

/* A field of a collection, its own or one that comes by itself. There are tens
 * of thousands: what is in it is counted in megabytes. */
struct field {
	const char *name;
	const char *as; /* what its column is called */
	struct lowered *of;
	union { /* NULL: it comes by itself, or its collection is done */
		const struct deesse_item *item;
		const struct deesse_BOOLEAN *options; /* those of all fields */
	};
	struct column *column;  /* NULL until lower_column */
	struct lowered *target; /* of a relation */
	struct field *to;       /* the one that a relation refers to, or that
				   it has from above */
	unsigned short kind; /* DEESSE_KIND_…; a relation's is its target's */
	bool above;          /* only a table that this one inherits from has it
			      */
	bool unique;
	bool resolving, resolved;
};
VEC(fields, struct field *);

VEC(lowered_list, struct lowered *);

/* A collection on its way to a table. */
struct lowered {
	struct collection *from;
	const char *slug;
	const struct deesse_item *item; /* the collection itself; NULL: it is
					   done */
	struct table *table;
	struct fields fields;
	struct fields key;
	struct parts key_parts;
	const struct deesse_PRIMARY_KEY *primary_key; /* or NULL */
	const char *key_name;                         /* or NULL */
	bool whole; /* none of its fields was left out for its name */
	struct lowered_list parents; /* .inherits */
	bool inheriting, inherited;  /* it was seen to */
};

/* What a dialect cannot do, so that it is no silent loss: an item, or an option
 * of it. */
struct refusal {
	unsigned short kind; /* DEESSE_KIND_…; 0: of every kind that has it */
	const char *option;  /* NULL: the item as a whole */
	const char *why;     /* "has no intervals" */
};

/* What stands beside collections and becomes SQL. */
struct definer {
	unsigned short kind;
	/* Adds the definition; table is that of a trigger or a policy. */
	void (*define)(struct lowering *l, struct buf *out,
	    const struct deesse_item *item, const struct table *table);
};

/* What a dialect chooses. */
struct rules {
	const char *title;      /* "PostgreSQL" */
	enum deesse_only only;  /* its name in .only */
	size_t name_max;        /* bytes of a name; 0: any */
	bool names_constraints; /* else they have no name of their own */
	bool inside_columns; /* a constraint of one column is written in it */
	bool one_check;      /* the checks of a column are one */
	bool keeps_text;     /* of objects, to the semicolon */
	bool comments;
	bool enum_types;
	bool virtual_columns; /* generated, and not stored */
	bool schemas;         /* a table can be in one */
	bool bare_tables;     /* without columns */
	bool index_methods;   /* operator classes and places of NULL */
	bool key_order;       /* a key's columns have order and collation */
	bool quoted_strings;  /* "draft" as a default is a string */
	bool heirs;           /* a table can inherit from another */
	bool rowid_keys;      /* a key of one INTEGER is the row's own number */
	enum identity autoincrement;
	const char *own_names;   /* how names of tables and of what stands on
				    them begin that the database keeps */
	const char *own_schemas; /* the same of schemas */

	const struct refusal *refusals; /* the last has no why */
	const struct definer *definers; /* the last has no kind */
	const struct sense *senses[2];  /* dsl/sense.h */

	/* Returns the type of a field that is no relation. */
	const char *(*type)(struct arena *a, const struct field *f);

	/* Returns what is wrong with the collation, or NULL. */
	const char *(*collation_wrong)(const char *name);

	/* Adds the checks that the type needs. */
	void (*checks)(struct lowering *l, struct field *f);

	/* Adds the check of a regular expression, or says why it cannot. */
	void (*match)(struct lowering *l, struct field *f, const char *regex);

	/* Returns the literal of a value that fits the type. */
	const char *(*literal)(
	    struct arena *a, const struct field *f, const char *value);

	/* Fills the column id. */
	void (*id)(struct lowering *l, struct field *f, enum deesse_id id);
};

extern const struct rules sqlite_rules, postgres_rules;

/* A GRANT or REVOKE of a file, until all is known. */
struct lowered_grant {
	const struct statement *statement;
	struct source source;
};
VEC(lowered_grants, struct lowered_grant);

/* What a .sql file defines. */
struct stated {
	enum object_kind kind;
	const char *file;
	const struct statement *statement;
	const char *table_schema, *table; /* it is of; or NULL */
};
VEC(stated_list, struct stated);

struct lowering {
	struct arena *arena; /* of the schema */
	struct arena work;   /* what is of use until all is lowered */
	struct arena brief;  /* what is of use for one item, field or table; it
				is released when that is done */
	struct map texts;    /* of lower_kept */
	struct names checks; /* SQL, brief: of the field in hand, until they
				are constraints */
	struct build *build;
	struct report *report;
	const struct rules *rules;
	enum dialect dialect;
	struct schema *schema;
	struct lowered_list all;
	struct map slugs;
	struct map relations; /* names of tables and indexes, to their places */
	struct map types;     /* names of tables and enum types */
	struct map shared;    /* ENUM_TYPEs, to their struct shared_enum */
	struct lowered_grants grants;
	struct stated_list stated;
};

/* An ENUM_TYPE. */
struct shared_enum {
	const struct deesse_ENUM_TYPE *item;
	struct enum_type *type;
};

/* Lowers the objects of a build; mistakes go to its report. */
struct schema *lower(struct build *b);

/* ---- lower_field.c: names and types; lower_option.c ---- */

/* Makes the fields of the collection. */
void lower_fields(struct lowering *l, struct lowered *c);

/* Notes what other collections ask: the targets of relations, and which fields
 * are unique. */
void lower_face(struct lowering *l, struct lowered *c);

/* Makes the columns. They are most of a schema, so each collection has its own
 * as late as can be. */
void lower_columns(struct lowering *l, struct lowered *c);

/* Makes that of one field, if it is not there. */
void lower_column(struct lowering *l, struct field *f);

/* Types relations by their targets, and adds their keys. */
void lower_relations(struct lowering *l, struct lowered *c);

/* Adds defaults, checks, keys and indexes that fields ask for. */
void lower_field_options(struct lowering *l, struct lowered *c);

/* Returns the field of that name, or NULL. */
struct field *field_named(const struct lowered *c, const char *name);

/* Is there at most one row of c for a value of the field? */
bool field_is_unique(const struct lowered *c, const struct field *f);

/* ---- lower_inherit.c ---- */

/* Finds the collections that c inherits from, and makes fields of theirs. */
void lower_parents(struct lowering *l, struct lowered *c);

/* Says what columns and checks become that c has from above. */
void lower_inherited(struct lowering *l, struct lowered *c);

/* ---- lower_enum.c: labels and types of ENUM ---- */

void lower_enum_types(struct lowering *l);
void lower_enum(struct lowering *l, struct field *f);

/* ---- lower_key.c: PRIMARY_KEY, UNIQUE, CHECK, FOREIGN_KEY, EXCLUDE ---- */

/* Finds the fields of the primary key, and its name. */
void lower_key(struct lowering *l, struct lowered *c);

/* Adds the primary key. */
void lower_primary_key(struct lowering *l, struct lowered *c);

/* Says which columns of it are NOT NULL, when relations have their types. */
void lower_key_nulls(struct lowering *l, struct lowered *c);

void lower_unique(struct lowering *l, struct lowered *c, const void *item);
void lower_check(struct lowering *l, struct lowered *c, const void *item);
void lower_foreign_key(struct lowering *l, struct lowered *c, const void *item);
void place_primary_key(struct lowering *l, struct lowered *c, const void *item);
void lower_exclude(struct lowering *l, struct lowered *c, const void *item);

/* ---- lower_item.c: what else is no field ---- */

void lower_items(struct lowering *l, struct lowered *c);

/* ---- lower_part.c: lists of fields ---- */

enum part_use {
	PART_FIELD,     /* a field */
	PART_COLUMN,    /* a key's: in an order where keys have one */
	PART_INDEX,     /* or an expression */
	PART_EXCLUSION, /* with an operator */
};

/* Reads .on of an item. */
void take_parts(struct lowering *l, struct lowered *c,
    const struct deesse_item *item, const char *const *on, enum part_use use,
    struct parts *out);

/* Reads an option of an item that is a list of fields: .include. */
void take_columns(struct lowering *l, struct lowered *c,
    const struct deesse_item *item, const char *option,
    const char *const *fields, struct names *out);

/* ---- lower_object.c: VIEW, TRIGGER, POLICY … ---- */

/* Takes what stands beside the collections. */
void lower_objects(struct lowering *l);

/* Takes an item of a collection that becomes SQL. */
void lower_table_object(
    struct lowering *l, struct lowered *c, const void *item);

/* Adds the name of an object: its own, or table_name. */
void add_object_name(struct lowering *l, struct buf *out,
    const struct deesse_item *item, const struct table *table);

/* Adds " word text" where there is text, its portable parts said. */
void add_clause(
    struct lowering *l, struct buf *out, const char *word, const char *text);

/* ---- lower_partition.c ---- */

void lower_partition_by(
    struct lowering *l, struct lowered *c, const void *item);
void lower_partition(struct lowering *l, struct lowered *c, const void *item);

/* ---- lower_sql.c: .sql files ---- */

void lower_sql_files(struct lowering *l);

/* Takes a definition that an item says in C (VIEW, TRIGGER, POLICY …), written
 * as SQL, as if it stood in a .sql file at the place of the item. */
void lower_definition(
    struct lowering *l, const struct deesse_item *item, const char *sql);

/* ---- lower_only.c: what a dialect has ---- */

/* Returns what the item says in .only. */
enum deesse_only item_only(const struct deesse_item *item);

/* Is the item for this dialect? */
bool item_here(const struct lowering *l, const struct deesse_item *item);

/* Tells what of the item the dialect cannot do; false where it is all. */
bool item_possible(struct lowering *l, const struct deesse_item *item);

/* Returns the word of MATCH as it is kept; tells if it is none. */
const char *take_match(
    struct lowering *l, const struct deesse_item *item, const char *word);

/* Returns the word of ON CONFLICT as it is kept; tells if it is none. */
const char *take_on_conflict(
    struct lowering *l, const struct deesse_item *item, const char *word);

/* ---- lower_util.c ---- */

/* Tells a mistake at an item, or at an option of it (NULL: the item). */
void tell(struct lowering *l, const struct deesse_item *item,
    const char *option, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* Where an item, or an option of it, is written. */
struct told_place {
	const struct scan *scan; /* NULL: it is not found in the file */
	size_t token, end;       /* tokens of it, up to where the item closes */
};
struct told_place told_place(
    struct lowering *l, const struct deesse_item *item, const char *option);

/* Is the name of an item one? Tells if not. */
bool name_ok(struct lowering *l, const struct deesse_item *item);

/* Is a name that the database gets for a column, for anything else, for a
 * schema one that it takes? Tells if not. */
bool column_ok(struct lowering *l, const struct deesse_item *item,
    const char *option, const char *name);
bool schema_ok(
    struct lowering *l, const struct deesse_item *item, const char *name);
bool physical_ok(struct lowering *l, const struct deesse_item *item,
    const char *option, const char *name);

/* Returns table_column_suffix, shortened as the dialect needs it: table and
 * column lose letters, the suffix never. Column or suffix may be NULL. */
const char *made_name(struct lowering *l, const char *table, const char *column,
    const char *suffix);

/* Notes a name of a table or an index, with what has it and where, which stay;
 * tells at the item if something has it already, and what gives another one:
 * ".name". */
void claim(struct lowering *l, struct map *names, const char *schema,
    const char *name, const struct deesse_item *item, const struct source *at,
    const char *what, const char *other);

/* Returns the text as one that stays, and that is there once: thousands of
 * tables say the same. */
const char *lower_kept(struct lowering *l, const char *s);

/* Returns the expression, its portable parts said in the dialect. */
struct expr lower_expr(struct lowering *l, const char *text);

/* The same with a comment at its end, which SQLite keeps of a default, and of
 * which rows are in an index. */
struct expr lower_whole(struct lowering *l, const char *text);

/* Returns the column's name as SQL; brief. */
const char *quoted(struct lowering *l, const char *name);

struct field *find_field(struct lowering *l, struct lowered *c,
    const char *name, const struct deesse_item *item, const char *option);
struct lowered *find_collection(struct lowering *l, const char *slug,
    const struct deesse_item *item, const char *option);

/* lower_elsewhere.c: returns the file where another database of the tree has a
 * collection of that name, or NULL. */
const char *collection_elsewhere(struct lowering *l, const char *slug);

void take_was(struct arena *a, struct names *out, const struct deesse_was *w);
struct source source_of(const struct deesse_item *item);
enum action lower_action(enum deesse_action action);

/* Returns the name of a CHECK, an INDEX …: name, or that of the table before
 * that of the item. Tells where the dialect does not take it. */
const char *item_name(struct lowering *l, const struct lowered *c,
    const struct deesse_item *item, const char *name);

/* Adds a constraint to the table. */
struct constraint *add_constraint(struct lowering *l, struct lowered *c,
    enum constraint_kind kind, const struct deesse_item *item);

/* ---- literal.c ---- */

/* Returns what is wrong with a value for the field, or NULL. */
const char *literal_wrong(
    struct arena *a, const struct field *f, const char *value);

/* Returns why a bound of an INTEGER or a DECIMAL has no place in its field, or
 * NULL. */
const char *literal_too_large(const struct field *f, const char *value);

/* Compares two numbers written as text; sets *ok to false where one is none. */
int number_compare(const char *a, const char *b, bool *ok);

/* Is it a whole or decimal number? */
bool is_integer(const char *s);
bool is_number(const char *s);

/* ---- match.c ---- */

/* Adds to out an SQLite expression over column that is true exactly where the
 * regular expression matches; false where there is none. */
bool match_glob(
    struct arena *a, struct buf *out, const char *column, const char *regex);

#endif
