/* postgres_spell_search - text search configurations, as the server keeps them
 *
 * COPY = english is no property: the server copies the mappings once, and knows
 * no more whose they were. So each configuration that is declared by steps is
 * made under another name in the transaction that is rolled back, and read.
 */
#include "introspect/postgres_spell.h"

#include <string.h>

#include "db/postgres.h"
#include "introspect/postgres_object.h"
#include "sql/define.h"
#include "sql/quote.h"
#include "sql/reading.h"
#include "sql/say.h"

#define D DIALECT_POSTGRES

static const char word[] = "TEXT SEARCH CONFIGURATION";

struct search {
	struct object *object;
	const char *rest;   /* behind its name: "(COPY = english)" */
	const char *copies; /* the key of what it copies, or NULL */
	struct names steps; /* "ALTER MAPPING FOR word WITH simple" */
	const char *temp;   /* what it is called meanwhile */
	bool made;
};
VEC(searches, struct search);

struct searching {
	struct arena *a; /* of the declared schema */
	struct arena scratch;
	struct db *db;
	struct schema *declared;
	const struct schema *current;
	struct searches all;
	bool wanted; /* one of them is declared by steps */
};

/* -- what is declared ------------------------------------------------------ */

static struct search *
find(struct searching *s, const char *schema, const char *name)
{
	for (size_t i = 0; i < s->all.n; i++) {
		struct object *o = s->all.v[i].object;

		if (!strcmp(o->name, name) &&
		    schema_same_name(D, o->schema, schema))
			return &s->all.v[i];
	}
	return NULL;
}

/* Adds a configuration, with what it copies. */
static void
add(struct searching *s, struct object *o)
{
	struct statement st = { .text = o->sql.text,
		.len = strlen(o->sql.text) };
	struct search one = { .object = o };
	struct definition d;
	struct reading r;
	const char *why;

	if (!sql_define(&s->scratch, D, &st, word, &d, &why))
		return;
	one.rest = d.rest;
	one.temp =
	    arena_fmt(&s->scratch, "pg_temp.deesse_scratch_%u", s->all.n);
	reading_init(&r, &s->scratch, D, d.rest, strlen(d.rest));
	if (accept_token(&r, "(") && accept_token(&r, "copy")) {
		s->wanted = true;
		one.copies = accept_token(&r, "=")
				 ? cut(&r, r.at, r.tokens.n - 1)
				 : NULL;
	}
	vec_push(&s->scratch, &s->all, one);
}

/* Returns the configuration that a statement gives a mapping, or takes one
 * from, and the words that say so. */
static struct search *
step_of(struct searching *s, const struct object *o, const char **step)
{
	struct subject subject;
	struct reading r;
	const char *why;

	if (o->kind != OBJECT_SETTING)
		return NULL;
	reading_init(&r, &s->scratch, D, o->sql.text, strlen(o->sql.text));
	if (!subject_read(&r, 1, &subject, &why) ||
	    strcmp(subject.word, word) != 0 ||
	    !token_is(peek(&r, subject.end + 1), "mapping"))
		return NULL;
	*step = cut(&r, subject.end, r.tokens.n);
	s->wanted = s->wanted || !token_is(peek(&r, subject.end), "add");
	return find(s, subject.schema, subject.about);
}

static void
collect(struct searching *s)
{
	const struct objects *all = &s->declared->objects;

	for (size_t i = 0; i < all->n; i++)
		if (all->v[i]->kind == OBJECT_TEXT_SEARCH_CONFIGURATION)
			add(s, all->v[i]);
	for (size_t i = 0; s->all.n && i < all->n; i++) {
		const char *step;
		struct search *of = step_of(s, all->v[i], &step);

		if (of)
			vec_push(&s->scratch, &of->steps, step);
	}
}

/* -- what is made ---------------------------------------------------------- */

static bool
try_sql(struct searching *s, const char *sql)
{
	struct err ignored = { 0 };
	bool ok = db_exec(s->db,
	    arena_fmt(
		&s->scratch, "SAVEPOINT one;%s;RELEASE SAVEPOINT one", sql),
	    &ignored);

	err_release(&ignored);
	if (!ok)
		db_exec(s->db,
		    "ROLLBACK TO SAVEPOINT one;RELEASE SAVEPOINT one",
		    &ignored);
	err_release(&ignored);
	return ok;
}

/* The dictionaries that only the plan makes. */
static void
make_dictionaries(struct searching *s)
{
	for (size_t i = 0; i < s->declared->objects.n; i++) {
		const struct object *o = s->declared->objects.v[i];

		if (o->kind == OBJECT_TEXT_SEARCH_DICTIONARY &&
		    !schema_object_like(s->current, o))
			try_sql(s, o->sql.text);
	}
}

/* Returns what it copies, where that is declared too. */
static struct search *
source_of(struct searching *s, const struct search *x)
{
	const char *schema, *name;
	struct reading r;

	if (!x->copies)
		return NULL;
	reading_init(&r, &s->scratch, D, x->copies, strlen(x->copies));
	return read_name(&r, &schema, &name) ? find(s, schema, name) : NULL;
}

static bool
make(struct searching *s, struct search *x)
{
	const struct search *from = source_of(s, x);
	struct buf b = { 0 };

	if (from && from != x && !from->made)
		return false;
	buf_fmt(&b, "CREATE %s %s ", word, x->temp);
	if (from && from != x)
		buf_fmt(&b, "(COPY = %s)", from->temp);
	else
		buf_puts(&b, x->rest);
	for (size_t i = 0; i < x->steps.n; i++)
		buf_fmt(&b, ";ALTER %s %s %s", word, x->temp, x->steps.v[i]);
	x->made = try_sql(s, buf_str(&b));
	buf_release(&b);
	return x->made;
}

static void
make_all(struct searching *s)
{
	bool again = true;

	while (again) {
		again = false;
		for (size_t i = 0; i < s->all.n; i++)
			if (!s->all.v[i].made && make(s, &s->all.v[i]))
				again = true;
	}
}

/* -- what is read ---------------------------------------------------------- */

static const char *
full_name(struct searching *s, const struct object *o)
{
	struct buf b = { 0 };
	const char *name;

	sql_qualified(&b, D, o->schema, o->name);
	name = arena_strdup(&s->scratch, buf_str(&b));
	buf_release(&b);
	return name;
}

static void
take_definition(struct searching *s, struct search *x, const char *rest)
{
	const char *text = arena_fmt(&s->scratch, "CREATE %s %s %s", word,
	    full_name(s, x->object), rest);
	struct statement st = { .text = text, .len = strlen(text) };
	struct definition d;
	const char *why;

	if (!sql_define(&s->scratch, D, &st, word, &d, &why))
		return;
	x->object->sql.text = arena_strdup(s->a, d.text);
	x->object->sql.key = arena_strdup(s->a, d.key);
}

static void
take_mapping(struct searching *s, struct search *x, const char *mapping)
{
	const char *text = arena_fmt(&s->scratch, "ALTER %s %s %s", word,
	    full_name(s, x->object), mapping);
	struct statement st = { .text = text, .len = strlen(text) };
	struct sayings said = { 0 };
	const char *why;

	if (!sql_say(s->a, D, &st, &said, &why))
		return;
	for (size_t i = 0; i < said.n; i++) {
		const struct saying *one = &said.v[i];
		struct object *o = arena_new(s->a, struct object);

		*o = (struct object){ .kind = OBJECT_SETTING,
			.schema = one->schema,
			.name = one->name,
			.table = one->about,
			.header = one->adds ? one->key : NULL,
			.sql = { one->text, one->key },
			.drop = one->drop,
			.source = x->object->source };
		schema_add_object(s->a, s->declared, o);
	}
}

/* The first row is the definition, the others are mappings. */
static void
read_made(struct searching *s, struct search *x)
{
	static const char sql[] =
	    "SELECT '(PARSER = ' || concat(quote_ident(nullif(nullif("
	    "n.nspname, 'public'), 'pg_catalog')) || '.',"
	    " quote_ident(p.prsname), ')') FROM pg_ts_config c"
	    " JOIN pg_ts_parser p ON p.oid = c.cfgparser"
	    " JOIN pg_namespace n ON n.oid = p.prsnamespace"
	    " WHERE c.oid = $1::regconfig"
	    " UNION ALL (SELECT format('ADD MAPPING FOR %I WITH %s', t.alias,"
	    " string_agg(m.mapdict::regdictionary::text, ', '"
	    " ORDER BY m.mapseqno)) FROM pg_ts_config c"
	    " JOIN pg_ts_config_map m ON m.mapcfg = c.oid"
	    " JOIN ts_token_type(c.cfgparser) t ON t.tokid = m.maptokentype"
	    " WHERE c.oid = $1::regconfig GROUP BY t.alias ORDER BY t.alias)";
	struct err ignored = { 0 };
	struct db_rows *r = db_query(s->db, sql, &x->temp, 1, &ignored);
	bool first = true;

	for (; r && db_rows_next(r, &ignored); first = false)
		if (first)
			take_definition(s, x, db_text(r, 0));
		else
			take_mapping(s, x, db_text(r, 0));
	db_rows_end(r);
	err_release(&ignored);
}

/* The steps are gone into what is read. */
static void
forget_steps(struct searching *s)
{
	struct objects *all = &s->declared->objects;
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		const char *step;
		const struct search *of = step_of(s, all->v[i], &step);

		if (!of || !of->made)
			all->v[n++] = all->v[i];
	}
	all->n = n;
}

void
spell_search(struct arena *a, struct db *db, struct schema *declared,
    const struct schema *current)
{
	struct searching s = {
		.a = a, .db = db, .declared = declared, .current = current
	};
	struct err refused = { 0 };
	bool inside;

	collect(&s);
	if (s.wanted && spell_scratch_open(db, &inside, &refused)) {
		make_dictionaries(&s);
		make_all(&s);
		forget_steps(&s);
		for (size_t i = 0; i < s.all.n; i++)
			if (s.all.v[i].made)
				read_made(&s, &s.all.v[i]);
		schema_reindex(a, declared);
	}
	if (s.wanted)
		spell_scratch_close(db, inside);
	err_release(&refused);
	arena_release(&s.scratch);
}
