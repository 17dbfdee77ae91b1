/* sqlite_survey - what of a database is already known
 *
 * Mostly nearly all of a database is as another schema says. Each statement is
 * read into memory that is released at once, so a database of thousands of
 * tables costs only what differs.
 */
#include <string.h>

#include "introspect/sqlite.h"

struct known {
	struct table *table;
	bool same;      /* but for its indexes */
	bool other;     /* it has an index that is none of them */
	size_t indexes; /* that are the same */
};

void
survey_init(struct survey *s, const struct schema *like)
{
	*s = (struct survey){ .like = like };
}

void
survey_release(struct survey *s)
{
	arena_release(&s->arena);
}

static struct known *
find(struct survey *s, const char *table)
{
	struct table *t = schema_table(s->like, NULL, table);
	struct known *k = t ? map_get(&s->known, t->name) : NULL;

	if (!t || k)
		return k;
	k = arena_new(&s->arena, struct known);
	k->table = t;
	map_put(&s->arena, &s->known, t->name, k);
	return k;
}

/* A foreign key that does not say its columns needs the other table. */
static bool
says_all(const struct table *t)
{
	for (size_t i = 0; i < t->constraints.n; i++)
		if (t->constraints.v[i]->kind == CONSTRAINT_FOREIGN_KEY &&
		    !t->constraints.v[i]->target_columns.n)
			return false;
	return true;
}

/* Equality does not ask for the order of columns; a table that is the very
 * same has it, too. */
static bool
in_order(const struct table *a, const struct table *b)
{
	for (size_t i = 0; i < a->columns.n; i++)
		if (!schema_same_name(DIALECT_SQLITE, a->columns.v[i]->name,
			b->columns.v[i]->name))
			return false;
	return true;
}

void
survey_table(struct survey *s, const char *name, const char *sql)
{
	struct known *k = find(s, name);
	struct arena a = { 0 };
	struct table t = { .name = name };
	struct reader r;

	if (!k)
		return;
	reader_init(&r, &a, DIALECT_SQLITE, sql);
	sqlite_read_table(&r, &t);
	t.indexes = k->table->indexes;
	k->same = !r.bad && says_all(&t) &&
		  table_equal(DIALECT_SQLITE, &t, k->table) &&
		  in_order(&t, k->table);
	reader_release(&r);
	arena_release(&a);
}

void
survey_index(
    struct survey *s, const char *table, const char *name, const char *sql)
{
	struct known *k = find(s, table);
	const struct index *like;
	struct arena a = { 0 };
	struct index x = { .name = name };
	struct reader r;

	if (!k)
		return;
	like = table_index(s->like, k->table, name);
	reader_init(&r, &a, DIALECT_SQLITE, sql);
	sqlite_read_index(&r, k->table, &x);
	if (!r.bad && like && index_equal(DIALECT_SQLITE, &x, like))
		k->indexes++;
	else
		k->other = true;
	reader_release(&r);
	arena_release(&a);
}

struct table *
survey_same(const struct survey *s, const char *table)
{
	const struct table *t = s ? schema_table(s->like, NULL, table) : NULL;
	const struct known *k = t ? map_get(&s->known, t->name) : NULL;

	return k && k->same && !k->other && k->indexes == t->indexes.n
		   ? k->table
		   : NULL;
}
