/* postgres.h - between the files that read PostgreSQL; only they include it.
 *
 * One file a topic (tables, constraints, …). A topic is a list of queries and
 * what reads their rows; postgres.c asks those of all topics in one round trip,
 * in the order of its list, and then calls what each topic does at the end.
 *
 * The session's search_path is public, so that the server itself leaves out
 * "public." where the meaning stays, and writes every other schema; what it
 * spells can be said again in such a session.
 */
#ifndef INTROSPECT_POSTGRES_H
#define INTROSPECT_POSTGRES_H

#include "db/db.h"
#include "schema/schema.h"

/* What a text in a query becomes on a server that is older. */
struct postgres_newer {
	int since; /* 150000 */
	const char *text, *instead;
};

/* What a database may have and mostly has not: what is not there is not asked
 * for. The fingerprint counts it by the way. */
enum postgres_has {
	HAS_NOTHING, /* of a query: it is always asked */
	HAS_VIEW,
	HAS_KEPT_VIEW, /* a materialized one */
	HAS_VIEW_DEFAULT,
	HAS_FOREIGN_TABLE,
	HAS_FOREIGN_SERVER,
	HAS_FOREIGN_WRAPPER,
	HAS_COMPOSITE,
	HAS_RANGE,
	HAS_DOMAIN,
	HAS_ENUM,
	HAS_SEQUENCE, /* an identity's, too */
	HAS_OWN_SEQUENCE,
	HAS_PARTITION,
	HAS_CHILD, /* a table that inherits */
	HAS_TYPED, /* a table of a type */
	HAS_FUNCTION,
	HAS_AGGREGATE,
	HAS_OPERATOR,
	HAS_CAST,
	HAS_COLLATION,
	HAS_DICTIONARY,
	HAS_SEARCH,
	HAS_TRIGGER,
	HAS_TRIGGER_STATE,
	HAS_RULE,
	HAS_RULE_STATE,
	HAS_POLICY,
	HAS_STATISTICS,
	HAS_EVENT_TRIGGER,
	HAS_PUBLICATION,
	HAS_COMMENT,
	HAS_OBJECT_COMMENT, /* asked last, when all objects are known */
	HAS_RIGHT,          /* on something else than a schema */
	HAS_OWNER,          /* that is not the user */
	HAS_OWNER_SAID,     /* in what is declared: all are asked for */
	HAS_DEFAULT_RIGHT,
	/* what ALTER TABLE has said */
	HAS_TABLE_OPTION,
	HAS_REPLICA,
	HAS_CLUSTER,
	HAS_INDEX_TARGET,
	HAS_COLUMN_SAID, /* of columns; those of tables say it themselves */
	HAS_PART_SAID,   /* of a part of a table */
	HAS_PUBLIC,      /* the schema that is always there */
	HAS_UNMANAGED,   /* what nothing here can say */
	HAS_COUNT
};

/* One query. $1 is the managed schemas, as text[]; names are bound, never
 * written into it. Each row is read with a struct postgres_pass *. */
struct postgres_query {
	const char *sql;
	void (*read)(void *pass, struct db_rows *r);
	enum postgres_has when; /* asked only where there is such a thing */
	/* what POSTGRES_WRITTEN stands for where only that is read which the
	 * transaction has written, of the oids $2; NULL: not asked then */
	const char *written;
	struct postgres_newer newer[4];
};

/* Where a query can be told to read less. */
#define POSTGRES_WRITTEN " /* written */"

struct postgres_pass;

struct postgres_topic {
	const struct postgres_query *queries;
	size_t n;
	/* Puts together what the queries of all topics have read; may ask
	 * again, but only for what is rare. NULL: nothing to do. */
	bool (*finish)(struct postgres_pass *p);
};

extern const struct postgres_topic postgres_extensions, postgres_enums,
    postgres_tables, postgres_partitions, postgres_constraints,
    postgres_parents, postgres_indexes, postgres_table_comments,
    postgres_object_types, postgres_objects, postgres_object_others,
    postgres_sayings, postgres_owners, postgres_rights, postgres_held;

/* A table or a partition of one, while it is read. */
struct postgres_relation;
VEC(postgres_relations, struct postgres_relation *);

struct postgres_relation {
	uint32_t oid;
	struct table *table;
	struct column **columns; /* at attnum - 1; NULL where one was dropped */
	uint32_t *collations;    /* the same */
	size_t n;
	bool partition; /* of another: no table of the schema */
	struct expr bound;
	struct postgres_relations parts;
	struct postgres_relations above; /* from which it inherits */
};

/* Things by their oids; sorted when the first one is looked for. */
struct postgres_known {
	uint32_t oid;
	void *thing;
};
struct postgres_knowns {
	struct postgres_known *v;
	unsigned n, cap;
	bool sorted;
};

/* A constraint that has an index. */
struct postgres_backed {
	struct constraint *constraint;
	const char *operators; /* of an exclusion, as an array */
};

struct rights;
struct postgres_pass {
	struct arena *a;      /* what is read lives here */
	struct arena scratch; /* gone at the end */
	struct db *db;
	struct schema *s;
	int version; /* of the server: 150004 */
	struct err *err;
	const struct schema *like; /* what is declared, or NULL */
	const char *written; /* the oids of what is read; NULL: everything */

	struct map texts;                    /* every text once */
	struct map exprs;                    /* struct expr, as it was spelt */
	struct postgres_relations relations; /* by oid */
	struct postgres_relation *relation;  /* the one found last */
	uint32_t enum_oid;                   /* of the last enum type */
	struct postgres_knowns constraints;  /* by oid */
	struct postgres_knowns backed;       /* constraints, by their index */
	struct postgres_knowns indexes;      /* by oid */
	struct postgres_knowns opclasses;    /* by oid */
	struct postgres_knowns members;      /* of extensions, by oid */
	struct map things;      /* objects and enum types, by catalog and oid */
	struct rights *rights;  /* added up; NULL: none was found */
	const char *granted;    /* what the last one is on */
	VEC(, uint32_t) strays; /* foreign keys to what is not managed */
	/* what is asked for; reading may find that there is more */
	bool has[HAS_COUNT];
	int64_t sequences; /* that are no identity's, as far as is known */
};

/* Reads the schemas that the database's connection manages (db_managed); like
 * may be NULL. */
struct schema *postgres_introspect(
    struct arena *a, struct db *db, const struct schema *like, struct err *err);

/* The same of nothing but tables and enum types. */
struct schema *postgres_introspect_tables(
    struct arena *a, struct db *db, struct err *err);

/* See introspect_ahead. */
bool postgres_introspect_ahead(struct db *db, struct err *err);
bool postgres_introspect_is_ahead(struct db *db);
bool postgres_introspect_end(struct db *db, char *hex, struct err *err);

/* postgres_survey.c: as postgres_survey, without a fingerprint: the query, and
 * what its row says. */
const char *postgres_survey_sql(struct arena *a, struct db *db);
void postgres_survey_read(void *pass, struct db_rows *r);

/* See introspect_written. */
struct schema *postgres_introspect_written(
    struct arena *a, struct db *db, struct err *err);

bool postgres_fingerprint(struct db *db, char *hex, struct err *err);

/* The fingerprint as a query of its own: what it asks, and what its row says of
 * the schema, which postgres_survey tells then. */
const char *postgres_fingerprint_sql(struct arena *a, struct db *db);
void postgres_fingerprint_read(struct db *db, struct db_rows *rows);

/* Sets has[] to what there is, and sequences: as the last fingerprint saw it,
 * if no statement was run since then. */
bool postgres_survey(struct postgres_pass *p);

/* postgres_spell.c: see introspect_spell and introspect_spelled. */
bool postgres_spell(struct arena *a, struct db *db, struct schema *declared,
    const struct schema *current, const char *state_dir, struct names *unproven,
    struct err *err);
bool postgres_spelled(struct arena *a, struct db *db, struct schema *target,
    const struct schema *now, const char *state_dir,
    const struct names *unproven, struct err *err);

/* Returns the column of the row as text that lives as long as the schema, one
 * copy for all that are equal; NULL for NULL. */
const char *postgres_text(
    struct postgres_pass *p, struct db_rows *r, int column);

/* Returns the column of the row as an expression, without the parentheses
 * around the whole; none for NULL. */
struct expr postgres_expr(
    struct postgres_pass *p, struct db_rows *r, int column);

/* The same for a text at hand. */
const char *postgres_share(struct postgres_pass *p, const char *text);
struct expr postgres_share_expr(struct postgres_pass *p, const char *text);

/* Reads the next number of a vector ("1 2 3") or an array ("{1,2,3}"); false at
 * its end. */
bool postgres_number(const char **s, int64_t *n);

/* Appends a thing; finds one, or NULL. */
void postgres_know(struct postgres_pass *p, struct postgres_knowns *list,
    uint32_t oid, void *thing);
void *postgres_find(struct postgres_knowns *list, uint32_t oid);

/* Takes the next text of an array ({a,"b c"}, {{1,a},{2,b}}); NULL at its end.
 */
const char *postgres_element(struct postgres_pass *p, const char **s);

/* Does an extension own the thing of that oid in that catalog ("pg_class")? The
 * rows of postgres_extensions come before all others. */
bool postgres_is_member(
    struct postgres_pass *p, const char *catalog, uint32_t oid);

/* Returns the managed schemas as the text of an array: {"public","a b"}. */
const char *postgres_managed(struct arena *a, struct db *db);

/* postgres_like.c: moves what was read into the arena, but for what equals that
 * of `like`, which is taken instead. */
struct schema *postgres_like(
    struct arena *a, struct schema *s, const struct schema *like);

enum postgres_online {
	ONLINE_IS_INDEX,
	ONLINE_IS_CONSTRAINT,
	ONLINE_IS_COLUMN,
};

/* postgres.c: is it what a run makes under a name of its own, no part of the
 * schema? Then it is noted; a column and its constraint are one thing. */
bool postgres_is_online(struct postgres_pass *p,
    const struct postgres_relation *r, const char *name,
    enum postgres_online what, bool valid);

/* postgres_table.c: the relation of that oid, or NULL; its column of that
 * number, or NULL. */
struct postgres_relation *postgres_relation(
    struct postgres_pass *p, uint32_t oid);
struct column *postgres_column_at(
    const struct postgres_relation *r, int64_t attnum);

#endif
