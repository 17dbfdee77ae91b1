/* deesse/dsl.h - the language of collections. PUBLIC HEADER.
 *
 * A collection is constant data in plain ISO C (c99 to c2x, any compiler, no
 * extension). deesse compiles it with the C compiler and reads the data out of
 * the object file; nothing is linked, loaded or run.
 *
 *	COLLECTION(posts, .label = "Blog posts") = {
 *		TEXT(title, .max = 100, .required = true),
 *		RELATION(author, users, .on_delete = CASCADE),
 *		INDEX(recent, .on = {DESC("created_at")}),
 *	};
 *
 * The first argument of an item is its name; all others are written
 * `.option = value`, in any order. A misspelt option, an option of another
 * item, or a value of the wrong kind does not compile. id, created_at and
 * updated_at come by themselves. docs/collections.md is the manual.
 *
 * Public names begin with deesse_ or DEESSE_; the words of the language are
 * the only others.
 */
#ifndef DEESSE_DSL_H
#define DEESSE_DSL_H

#ifdef DEESSE_BARE /* all that is needed here; see dsl/cc.c */
#define NULL ((void *)0)
#define bool _Bool
#define true 1
#define false 0
#else
#include <stdbool.h> /* true and false, for the flags */
#include <stddef.h>
#include <stdint.h>
#endif

/* Of the layout below: an object of another version is refused. */
#define DEESSE_DSL_VERSION 4

/* What PostgreSQL allows in one key or index. */
#define DEESSE_PARTS 32

enum deesse_kind {
	DEESSE_KIND_COLLECTION = 1,
	DEESSE_KIND_CONFIG,

	DEESSE_KIND_TEXT = 16,
	DEESSE_KIND_INTEGER,
	DEESSE_KIND_REAL,
	DEESSE_KIND_DECIMAL,
	DEESSE_KIND_BOOLEAN,
	DEESSE_KIND_TIMESTAMP,
	DEESSE_KIND_DATE,
	DEESSE_KIND_UUID,
	DEESSE_KIND_JSON,
	DEESSE_KIND_BLOB,
	DEESSE_KIND_ENUM,
	DEESSE_KIND_RELATION,
	DEESSE_KIND_TIME,
	DEESSE_KIND_INTERVAL,
	DEESSE_KIND_VECTOR,
	DEESSE_KIND_COLUMN,

	DEESSE_KIND_HAS_MANY = 64,
	DEESSE_KIND_INDEX,
	DEESSE_KIND_UNIQUE,
	DEESSE_KIND_CHECK,
	DEESSE_KIND_PRIMARY_KEY,
	DEESSE_KIND_FOREIGN_KEY,
	DEESSE_KIND_PERMISSIONS,
	DEESSE_KIND_HOOKS,
	DEESSE_KIND_HAS_ONE,
	DEESSE_KIND_EXCLUDE,
	DEESSE_KIND_PARTITION_BY,
	DEESSE_KIND_PARTITION,
	DEESSE_KIND_POLICY,
	DEESSE_KIND_TRIGGER,

	DEESSE_KIND_ENUM_TYPE = 128,
	DEESSE_KIND_DOMAIN_TYPE,
	DEESSE_KIND_SEQUENCE,
	DEESSE_KIND_VIEW,
	DEESSE_KIND_EXTENSION,
	DEESSE_KIND_IGNORE
};

/* Never defined: TEXT(title, 100) fails to compile with its name. */
struct deesse_USE_DOT_OPTION_EQUALS_VALUE;

/* What every item begins with. */
struct deesse_item {
	const char *name;
	const char *file;
	const struct deesse_USE_DOT_OPTION_EQUALS_VALUE *positional;
	int line;
	unsigned short kind;
	unsigned short size; /* of the whole item: a check on the layout */
};

/* Not bool: `.required = "yes"` would be silently true. */
enum deesse_flag { DEESSE_OFF, DEESSE_ON };

enum deesse_action {
	DEESSE_ACTION_UNSET,
	DEESSE_NO_ACTION,
	DEESSE_RESTRICT,
	DEESSE_CASCADE,
	DEESSE_SET_NULL,
	DEESSE_SET_DEFAULT
};

enum deesse_id {
	DEESSE_ID_INTEGER,
	DEESSE_ID_UUID,
	DEESSE_ID_NONE,
	DEESSE_ID_AUTOINCREMENT
};

enum deesse_only {
	DEESSE_EVERYWHERE,
	DEESSE_ONLY_SQLITE,
	DEESSE_ONLY_POSTGRES
};

enum deesse_rule_kind {
	DEESSE_RULE_UNSET,
	DEESSE_RULE_NOBODY,
	DEESSE_RULE_ANYONE,
	DEESSE_RULE_LOGGED_IN,
	DEESSE_RULE_OWNER,
	DEESSE_RULE_ROLE,
	DEESSE_RULE_SQL
};

struct deesse_rule {
	enum deesse_rule_kind kind;
	const char *arg;
};

/* `.was = "headline"`, or `.was = WAS("head", "headline")`, oldest first. */
struct deesse_was {
	const char *one;
	const char *const *list;
};

/* clang-format off */

/* The options of every field. */
#define DEESSE_FIELD                                                           \
	struct deesse_item item;                                               \
	enum deesse_flag required;    /* NOT NULL */                           \
	enum deesse_flag unique;      /* no two rows alike */                  \
	enum deesse_flag index;       /* find rows by it quickly */            \
	enum deesse_flag primary_key; /* with .id = ID_NONE */                 \
	enum deesse_flag stored;      /* with .generated: kept on disk */      \
	enum deesse_flag hidden;      /* a client reads it only if asked to */ \
	enum deesse_flag array;       /* many values in one */                 \
	enum deesse_flag nullable;    /* SQLite: in a key, and may be NULL */  \
	enum deesse_flag inherited;   /* as .inherits has it, but for this */  \
	enum deesse_only only;        /* in this dialect only */               \
	struct deesse_was was;        /* former names: a rename, not a loss */ \
	const char *column;           /* its name in the database */           \
	const char *constraint;       /* name of its key or constraint */      \
	const char *default_value;    /* a literal, checked against its type */\
	const char *default_sql;      /* an expression: NOW, "1 + 1" */        \
	const char *check;            /* SQL that must not be false */         \
	const char *generated;        /* SQL that computes the value */        \
	const char *collate;          /* a collation: "NOCASE", "de-x-icu" */  \
	const char *on_conflict;      /* SQLite: of .required: "REPLACE" */    \
	const char *backfill;         /* SQL for rows that have no value yet */\
	const char *using;            /* SQL from the value to its new type */ \
	const char *comment           /* kept in the database */

/* Text. Lengths are in characters. `.match` is a regular expression; SQLite
 * has none, so there it must be one that GLOB can say. */
struct deesse_TEXT {
	DEESSE_FIELD;
	long long min, max;
	const char *match;
	enum deesse_flag lowercase; /* a check, not a conversion */
};

/* A whole number of 64 bits, or of .bits = 16 or 32. Bounds are text, since 0
 * is one: .min = "0". */
struct deesse_INTEGER {
	DEESSE_FIELD;
	const char *min, *max;
	int bits;
	enum deesse_flag autoincrement; /* as a key: numbered, none again */
	const char *identity; /* PostgreSQL numbers it: "always", or "by
				 default (START WITH 100)" */
};

/* A floating point number of 64 bits. */
struct deesse_REAL { DEESSE_FIELD; const char *min, *max; };

/* An exact number: .precision digits, .scale of them after the point. */
struct deesse_DECIMAL {
	DEESSE_FIELD;
	const char *min, *max;
	int precision, scale;
};

struct deesse_BOOLEAN { DEESSE_FIELD; };

/* A moment, with time zone; .local = true is without. */
struct deesse_TIMESTAMP { DEESSE_FIELD; enum deesse_flag local; };

struct deesse_DATE { DEESSE_FIELD; };

/* .default_sql = NEW_UUID makes one by itself. */
struct deesse_UUID { DEESSE_FIELD; };

/* jsonb on PostgreSQL; .plain = true is json, which keeps the text. */
struct deesse_JSON { DEESSE_FIELD; enum deesse_flag plain; };

/* Bytes; .max is their number. */
struct deesse_BLOB { DEESSE_FIELD; long long max; };

/* A time of the day, without time zone. */
struct deesse_TIME { DEESSE_FIELD; };

/* A span of time; PostgreSQL only. */
struct deesse_INTERVAL { DEESSE_FIELD; };

/* So many numbers, for likeness: pgvector's vector(1536); on SQLite a blob of
 * floats. */
struct deesse_VECTOR { DEESSE_FIELD; int dimensions; };

/* Any type of the dialect, as it spells it: .type = "tsvector"; "" is none,
 * which SQLite has. */
struct deesse_COLUMN { DEESSE_FIELD; const char *type; };

/* One of .values = VALUES("draft", "published"). .values_was = WAS("sent",
 * "shipped") are pairs: what was "sent" is "shipped" now. Or one of a type that
 * many share: .type = order_state, of an ENUM_TYPE in the same file or in a
 * header; .type = "order_state" where that stands elsewhere. */
struct deesse_ENUM {
	DEESSE_FIELD;
	const char *const *values;
	struct deesse_was values_was;
	const char *type;
};

/* RELATION(author, users): column author_id refers to the key of users, or to
 * the field .references of it, and takes its type. On SQLite the file may spell
 * all of that otherwise: .type = "bigint", .table = "Users", .key = "ID". */
struct deesse_RELATION {
	DEESSE_FIELD;
	const char *target, *references;
	const char *type, *table, *key;
	const char *match;               /* "FULL" */
	enum deesse_action on_delete, on_update;
	enum deesse_flag deferrable, deferred;
	enum deesse_flag implicit; /* SQLite: the file names no column */
};

/* HAS_MANY(comments, comments, .by = "post"): the other end of a RELATION;
 * through a link table .through = "post_tags", whose relations .from (to here)
 * and .to (to there) are named where it has two to one collection. */
struct deesse_HAS_MANY {
	struct deesse_item item;
	const char *target, *by, *through, *from, *to;
};

/* HAS_ONE(profile, profiles, .by = "user"): the other end of a RELATION that
 * is unique. */
struct deesse_HAS_ONE {
	struct deesse_item item;
	const char *target, *by;
};

/* INDEX(popular, .on = {"tenant", DESC("views"), EXPR("lower(email)"),
 * OPS("payload", "jsonb_path_ops"), COLLATE("name", "NOCASE"),
 * NULLS_LAST("at")}): fields, or expressions over columns. */
struct deesse_INDEX {
	struct deesse_item item;
	const char *on[DEESSE_PARTS], *include[DEESSE_PARTS];
	const char *where, *method, *with, *name, *comment;
	enum deesse_flag unique, nulls_not_distinct;
	enum deesse_only only;
	struct deesse_was was;
};

struct deesse_UNIQUE {
	struct deesse_item item;
	const char *on[DEESSE_PARTS], *include[DEESSE_PARTS];
	const char *name, *comment;
	const char *on_conflict;         /* SQLite: "IGNORE" */
	enum deesse_flag nulls_not_distinct, deferrable, deferred;
	enum deesse_only only;
};

/* CHECK(positive, "views >= 0"): SQL over columns. */
struct deesse_CHECK {
	struct deesse_item item;
	const char *sql, *name, *comment;
	enum deesse_flag not_valid;      /* rows that are there may break it */
	enum deesse_flag no_inherit;
	enum deesse_flag unnamed;        /* SQLite: the file has no name for it */
	enum deesse_only only;
};

/* PRIMARY_KEY(.on = {"order", "line"}), with .id = ID_NONE. */
struct deesse_PRIMARY_KEY {
	struct deesse_item item;
	const char *on[DEESSE_PARTS], *include[DEESSE_PARTS];
	const char *constraint, *comment, *on_conflict;
	enum deesse_flag deferrable, deferred;
};

/* FOREIGN_KEY(line, order_lines, .on = {"order", "line"}): to the key of the
 * target, or to its fields .references. */
struct deesse_FOREIGN_KEY {
	struct deesse_item item;
	const char *target;
	const char *on[DEESSE_PARTS], *references[DEESSE_PARTS];
	const char *on_delete_set[DEESSE_PARTS]; /* PostgreSQL: not all of .on */
	const char *name, *comment;
	const char *match;               /* "FULL" */
	enum deesse_action on_delete, on_update;
	enum deesse_flag deferrable, deferred, not_valid;
	enum deesse_flag implicit; /* SQLite: the file names no columns */
	enum deesse_only only;
	const char *table; /* SQLite: no collection's; .references its columns */
};

/* EXCLUDE(booked_once, .method = "gist", .on = {WITH("room", "="),
 * WITH("during", "&&")}): no two rows for which all of these are true. */
struct deesse_EXCLUDE {
	struct deesse_item item;
	const char *on[DEESSE_PARTS], *include[DEESSE_PARTS];
	const char *method, *where, *name, *comment;
	enum deesse_flag deferrable, deferred;
	enum deesse_only only;
};

/* PARTITION_BY(RANGE, .on = {"at"}); LIST and HASH, too. */
struct deesse_PARTITION_BY {
	struct deesse_item item;
	const char *method;
	const char *on[DEESSE_PARTS];
	enum deesse_only only;
};

/* PARTITION(p2026_11, .from = "2026-11-01", .to = "2026-12-01"), .values =
 * VALUES("de", "at") of LIST, .modulus and .remainder of HASH, .rest = true for
 * what no other takes. .bound is SQL: "FROM (1, 2) TO (3, MAXVALUE)". A part that
 * has parts says .partition_by = "LIST (country)", and those .of = "p2026_11". */
struct deesse_PARTITION {
	struct deesse_item item;
	const char *from, *to;
	const char *const *values;
	int modulus, remainder;
	const char *bound, *of, *partition_by, *name, *schema;
	enum deesse_flag rest;
};

/* POLICY(own, .on = "select", .using = "owner = current_user"): which rows who
 * may see or write; row security is on where a table has one. */
struct deesse_POLICY {
	struct deesse_item item;
	const char *on;                  /* "all", "select", "insert" … */
	const char *const *to;           /* roles; none: everyone */
	const char *using, *with_check;
	enum deesse_flag restrictive;
	const char *name;
	enum deesse_only only;
};

/* TRIGGER(stamp, .event = "after update of title", .when = "…"): .sql is its
 * body on SQLite, .execute = "stamp()" its function on PostgreSQL. */
struct deesse_TRIGGER {
	struct deesse_item item;
	const char *event, *when, *sql, *execute, *name;
	enum deesse_flag statement;      /* once a statement, not a row */
	enum deesse_only only;
};

/* Who may do what; declared, not enforced yet. */
struct deesse_PERMISSIONS {
	struct deesse_item item;
	struct deesse_rule read, create, update, delete;
};

/* Names of functions of the program; declared, not called yet. */
struct deesse_HOOKS {
	struct deesse_item item;
	const char *before_create, *after_create;
	const char *before_update, *after_update;
	const char *before_delete, *after_delete;
	const char *before_read, *after_read;
};

struct deesse_COLLECTION {
	struct deesse_item item;
	unsigned layout;
	enum deesse_id id;               /* ID_INTEGER, ID_AUTOINCREMENT,
	                                    ID_UUID, ID_NONE */
	enum deesse_flag id_required;    /* SQLite: its id says NOT NULL */
	enum deesse_flag autoincrement;  /* its key gives no number again */
	enum deesse_flag no_timestamps;  /* no created_at, updated_at */
	enum deesse_flag without_rowid;  /* SQLite: kept in its key's order */
	enum deesse_flag strict;         /* SQLite: refuses other types */
	enum deesse_flag unlogged;       /* PostgreSQL: lost in a crash */
	enum deesse_flag row_security;   /* PostgreSQL: by its policies */
	enum deesse_flag force_row_security; /* for its owner, too */
	enum deesse_flag row_security_off;   /* although it has policies, or
	                                        would force them */
	enum deesse_only only;
	struct deesse_was was;           /* former names of the table */
	const char *table;               /* its name in the database */
	const char *schema;              /* PostgreSQL */
	const char *constraint;          /* name of the primary key */
	const char *const *inherits;     /* PostgreSQL: VALUES("cities"), whose
	                                    columns and checks it has, too */
	const char *on_conflict;         /* SQLite: of the primary key */
	const char *label, *comment;
};

/* CONFIG(.database = "sqlite:blog.db"); in collections/config.c. */
struct deesse_CONFIG {
	struct deesse_item item;
	unsigned layout;
	int debounce_ms;                 /* of `deesse dev` */
	const char *database;            /* a URL */
	const char *database_env;        /* the variable that holds it */
	const char *dialect;             /* "sqlite", "postgres" */
	const char *role;                /* PostgreSQL: SET ROLE */
	const char *const *schemas;      /* PostgreSQL: that it manages; "*":
					    all */
	const char *const *protect;      /* names of databases */
};

/* ENUM_TYPE(order_state, VALUES("new", "paid")); that fields share. */
struct deesse_ENUM_TYPE {
	struct deesse_item item;
	unsigned layout;
	enum deesse_only only;
	const char *const *values;
	struct deesse_was values_was, was;
	const char *name, *schema;
};

/* DOMAIN_TYPE(email, .type = "text", .check = "VALUE ~ '@'"); PostgreSQL. */
struct deesse_DOMAIN_TYPE {
	struct deesse_item item;
	unsigned layout;
	enum deesse_only only;
	enum deesse_flag required;
	const char *type, *check, *default_sql, *collate, *name, *schema;
};

/* SEQUENCE(invoice_no, .start = "1000"); PostgreSQL. Numbers are text. */
struct deesse_SEQUENCE {
	struct deesse_item item;
	unsigned layout;
	enum deesse_only only;
	enum deesse_flag cycle;
	const char *type, *start, *increment, *min, *max, *cache, *owned_by;
	const char *name, *schema;
};

/* VIEW(popular, .sql = "SELECT …"); */
struct deesse_VIEW {
	struct deesse_item item;
	unsigned layout;
	enum deesse_only only;
	enum deesse_flag materialized;   /* PostgreSQL */
	const char *sql, *name, *schema;
};

/* EXTENSION(hstore); PostgreSQL. */
struct deesse_EXTENSION {
	struct deesse_item item;
	unsigned layout;
	enum deesse_only only;
	const char *version, *name, *schema;
};

/* IGNORE("events_p20*", "audit_*"); names in the database to leave alone. */
struct deesse_IGNORE {
	struct deesse_item item;
	unsigned layout;
	enum deesse_only only;
	const char *const *patterns;
};

/* ------------------------------ collections ------------------------------
 *
 * Every macro appends an option of its own, so that TEXT(body) without options
 * is as legal as TEXT(body, .max = 9): before C2x, "..." stands for at least
 * one argument.
 */
#define DEESSE_HEAD_(what, text)                                               \
	.item.kind = DEESSE_KIND_##what,                                       \
	.item.size = sizeof(struct deesse_##what), .item.name = text,          \
	.item.file = __FILE__

#define DEESSE_COLLECTION_(slug, ...)                                          \
	const struct deesse_COLLECTION deesse_collection_##slug = {            \
		.layout = DEESSE_DSL_VERSION,                                  \
		DEESSE_HEAD_(COLLECTION, #slug), __VA_ARGS__                   \
	};                                                                     \
	const struct deesse_item *const deesse_items_##slug[]
#define COLLECTION(...) DEESSE_COLLECTION_(__VA_ARGS__, .item.line = __LINE__)

#define DEESSE_CONFIG_(...)                                                    \
	const struct deesse_CONFIG deesse_config = {                           \
		.layout = DEESSE_DSL_VERSION,                                  \
		DEESSE_HEAD_(CONFIG, "config"), __VA_ARGS__                    \
	}
#define CONFIG(...) DEESSE_CONFIG_(__VA_ARGS__, .item.line = __LINE__)

/* Which file of the unit this is: deesse says. */
#ifndef DEESSE_FILE
#define DEESSE_FILE 0
#endif

#define DEESSE_TOP_(what, nm, ...)                                             \
	const struct deesse_##what deesse_object_##what##_##nm = {             \
		.layout = DEESSE_DSL_VERSION,                                  \
		DEESSE_HEAD_(what, #nm), __VA_ARGS__                           \
	}
#define DOMAIN_TYPE(...)                                                       \
	DEESSE_TOP_(DOMAIN_TYPE, __VA_ARGS__, .item.line = __LINE__)
#define SEQUENCE(...)                                                          \
	DEESSE_TOP_(SEQUENCE, __VA_ARGS__, .item.line = __LINE__)
#define VIEW(...) DEESSE_TOP_(VIEW, __VA_ARGS__, .item.line = __LINE__)
#define EXTENSION(...)                                                         \
	DEESSE_TOP_(EXTENSION, __VA_ARGS__, .item.line = __LINE__)

/* Its name stands for itself, for .type = order_state. */
#define DEESSE_ENUM_TYPE_(nm, ...)                                             \
	extern const char nm[];                                                \
	const char nm[] = #nm;                                                 \
	const struct deesse_ENUM_TYPE deesse_object_ENUM_TYPE_##nm = {         \
		.layout = DEESSE_DSL_VERSION,                                  \
		DEESSE_HEAD_(ENUM_TYPE, #nm), .values = __VA_ARGS__            \
	}
#define ENUM_TYPE(...)                                                         \
	DEESSE_ENUM_TYPE_(__VA_ARGS__, .item.line = __LINE__)

#define DEESSE_IGNORE_AT_(of, at, ...)                                         \
	DEESSE_TOP_(IGNORE, of##_##at,                                         \
	    .patterns = (const char *const[]){ __VA_ARGS__, NULL },            \
	    .item.line = at)
#define DEESSE_IGNORE_(of, at, ...) DEESSE_IGNORE_AT_(of, at, __VA_ARGS__)
#define IGNORE(...) DEESSE_IGNORE_(DEESSE_FILE, __LINE__, __VA_ARGS__)

/* --------------------------------- items --------------------------------- */

#define DEESSE_ITEM_(what, nm, ...)                                            \
	&((const struct deesse_##what){                                        \
		DEESSE_HEAD_(what, #nm), __VA_ARGS__ }).item

#define TEXT(...) DEESSE_ITEM_(TEXT, __VA_ARGS__, .item.line = __LINE__)
#define INTEGER(...) DEESSE_ITEM_(INTEGER, __VA_ARGS__, .item.line = __LINE__)
#define REAL(...) DEESSE_ITEM_(REAL, __VA_ARGS__, .item.line = __LINE__)
#define DECIMAL(...) DEESSE_ITEM_(DECIMAL, __VA_ARGS__, .item.line = __LINE__)
#define BOOLEAN(...) DEESSE_ITEM_(BOOLEAN, __VA_ARGS__, .item.line = __LINE__)
#define TIMESTAMP(...)                                                         \
	DEESSE_ITEM_(TIMESTAMP, __VA_ARGS__, .item.line = __LINE__)
#define DATE(...) DEESSE_ITEM_(DATE, __VA_ARGS__, .item.line = __LINE__)
#define UUID(...) DEESSE_ITEM_(UUID, __VA_ARGS__, .item.line = __LINE__)
#define JSON(...) DEESSE_ITEM_(JSON, __VA_ARGS__, .item.line = __LINE__)
#define BLOB(...) DEESSE_ITEM_(BLOB, __VA_ARGS__, .item.line = __LINE__)
#define TIME(...) DEESSE_ITEM_(TIME, __VA_ARGS__, .item.line = __LINE__)
#define INTERVAL(...) DEESSE_ITEM_(INTERVAL, __VA_ARGS__, .item.line = __LINE__)
#define VECTOR(...) DEESSE_ITEM_(VECTOR, __VA_ARGS__, .item.line = __LINE__)
#define COLUMN(...) DEESSE_ITEM_(COLUMN, __VA_ARGS__, .item.line = __LINE__)
#define ENUM(...) DEESSE_ITEM_(ENUM, __VA_ARGS__, .item.line = __LINE__)
#define INDEX(...) DEESSE_ITEM_(INDEX, __VA_ARGS__, .item.line = __LINE__)
#define UNIQUE(...) DEESSE_ITEM_(UNIQUE, __VA_ARGS__, .item.line = __LINE__)

#define EXCLUDE(...) DEESSE_ITEM_(EXCLUDE, __VA_ARGS__, .item.line = __LINE__)
#define PARTITION(...)                                                         \
	DEESSE_ITEM_(PARTITION, __VA_ARGS__, .item.line = __LINE__)
#define POLICY(...) DEESSE_ITEM_(POLICY, __VA_ARGS__, .item.line = __LINE__)
#define TRIGGER(...) DEESSE_ITEM_(TRIGGER, __VA_ARGS__, .item.line = __LINE__)

/* .positional comes along so that a target that is missing is an odd name,
 * which deesse explains, and not a macro that cannot be expanded. */
#define DEESSE_TO_(what, nm, to, ...)                                          \
	&((const struct deesse_##what){                                        \
		.target = #to, DEESSE_HEAD_(what, #nm), __VA_ARGS__ }).item
#define RELATION(...)                                                          \
	DEESSE_TO_(RELATION, __VA_ARGS__, .item.positional = NULL,             \
	    .item.line = __LINE__)
#define HAS_MANY(...)                                                          \
	DEESSE_TO_(HAS_MANY, __VA_ARGS__, .item.positional = NULL,             \
	    .item.line = __LINE__)
#define HAS_ONE(...)                                                           \
	DEESSE_TO_(HAS_ONE, __VA_ARGS__, .item.positional = NULL,              \
	    .item.line = __LINE__)
#define FOREIGN_KEY(...)                                                       \
	DEESSE_TO_(FOREIGN_KEY, __VA_ARGS__, .item.positional = NULL,          \
	    .item.line = __LINE__)

#define DEESSE_CHECK_(nm, text, ...)                                           \
	&((const struct deesse_CHECK){                                         \
		.sql = text, DEESSE_HEAD_(CHECK, #nm), __VA_ARGS__ }).item
#define CHECK(...)                                                             \
	DEESSE_CHECK_(__VA_ARGS__, .item.line = __LINE__,                      \
	    .item.positional = NULL)

#define DEESSE_PARTITION_BY_(how, ...)                                         \
	&((const struct deesse_PARTITION_BY){                                  \
		.method = #how, DEESSE_HEAD_(PARTITION_BY, "partition_by"),    \
		__VA_ARGS__ }).item
#define PARTITION_BY(...)                                                      \
	DEESSE_PARTITION_BY_(__VA_ARGS__, .item.line = __LINE__)

#define PRIMARY_KEY(...)                                                       \
	DEESSE_ITEM_(PRIMARY_KEY, primary_key, __VA_ARGS__,                    \
	    .item.line = __LINE__)
#define PERMISSIONS(...)                                                       \
	DEESSE_ITEM_(PERMISSIONS, permissions, __VA_ARGS__,                    \
	    .item.line = __LINE__)
#define HOOKS(...)                                                             \
	DEESSE_ITEM_(HOOKS, hooks, __VA_ARGS__, .item.line = __LINE__)

/* --------------------------------- values -------------------------------- */

#define NO_ACTION DEESSE_NO_ACTION
#define RESTRICT DEESSE_RESTRICT
#define CASCADE DEESSE_CASCADE
#define SET_NULL DEESSE_SET_NULL
#define SET_DEFAULT DEESSE_SET_DEFAULT

#define ID_INTEGER DEESSE_ID_INTEGER
#define ID_UUID DEESSE_ID_UUID
#define ID_NONE DEESSE_ID_NONE
#define ID_AUTOINCREMENT DEESSE_ID_AUTOINCREMENT

#define SQLITE DEESSE_ONLY_SQLITE
#define POSTGRES DEESSE_ONLY_POSTGRES

/* Lists of any length. */
#define VALUES(...) (const char *const[]){ __VA_ARGS__, NULL }
#define WAS(...) { NULL, (const char *const[]){ __VA_ARGS__, NULL } }

/* In .on: they may be nested, DESC(EXPR("lower(email)")). */
#define DESC(what) "\001" what
#define EXPR(sql) "\002" sql
#define NULLS_FIRST(what) "\005" what
#define NULLS_LAST(what) "\006" what
#define OPS(what, class) what "\003" class
#define WITH(what, operator) what "\004" operator
#define COLLATE(what, collation) what "\007" collation

/* Expressions that each dialect says in its own way; they may stand alone or
 * inside SQL: .check = "due >= " TODAY. */
#define NOW "\016now\017"
#define TODAY "\016today\017"
#define NEW_UUID "\016uuid\017"

#define NOBODY { DEESSE_RULE_NOBODY, NULL }
#define ANYONE { DEESSE_RULE_ANYONE, NULL }
#define LOGGED_IN { DEESSE_RULE_LOGGED_IN, NULL }
#define OWNER(field) { DEESSE_RULE_OWNER, #field }
#define ROLE(role) { DEESSE_RULE_ROLE, role }
#define SQL(text) { DEESSE_RULE_SQL, text }

/* clang-format on */

#endif
