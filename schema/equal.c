/* equal - do two things mean the same to the database? */
#include "schema/fact.h"

#include <string.h>

bool
column_equal(enum dialect d, const struct column *a, const struct column *b)
{
	return facts_equal(&schema_rules[d], &column_facts, a, b);
}

bool
constraint_equal(
    enum dialect d, const struct constraint *a, const struct constraint *b)
{
	return facts_equal(&schema_rules[d], &constraint_facts, a, b);
}

bool
index_equal(enum dialect d, const struct index *a, const struct index *b)
{
	return facts_equal(&schema_rules[d], &index_facts, a, b);
}

/* Lists of pointers are equal if each of a has one of its own in b. Things
 * mostly stand in the same order on both sides, so that is tried first; a
 * bit for each one taken, and a second pass only for what has many. */
static bool
lists_equal(const struct rules *r, const struct facts *f, void *const *a,
    void *const *b, size_t n)
{
	struct arena mem = { 0 };
	bool *taken, ok = true;
	size_t first = 0;

	while (first < n && facts_equal(r, f, a[first], b[first]))
		first++;
	if (first == n)
		return true;
	taken = arena_array(&mem, bool, n);
	for (size_t i = first; ok && i < n; i++) {
		size_t j = first;

		while (j < n && (taken[j] || !facts_equal(r, f, a[i], b[j])))
			j++;
		ok = j < n;
		if (ok)
			taken[j] = true;
	}
	arena_release(&mem);
	return ok;
}

#define LISTS_EQUAL(r, f, a, b)                                                \
	((a)->n == (b)->n && lists_equal((r), (f), (void *const *)(a)->v,      \
				 (void *const *)(b)->v, (a)->n))

bool
table_equal(enum dialect d, const struct table *a, const struct table *b)
{
	const struct rules *r = &schema_rules[d];

	return facts_equal(r, &table_facts, a, b) &&
	       LISTS_EQUAL(r, &column_facts, &a->columns, &b->columns) &&
	       LISTS_EQUAL(
		   r, &constraint_facts, &a->constraints, &b->constraints) &&
	       LISTS_EQUAL(r, &index_facts, &a->indexes, &b->indexes);
}

static bool
tables_equal(const struct schema *a, const struct schema *b)
{
	if (a->tables.n != b->tables.n)
		return false;
	for (size_t i = 0; i < a->tables.n; i++) {
		const struct table *t = a->tables.v[i], *u = b->tables.v[i];

		if (!schema_same_name(a->dialect, t->schema, u->schema) ||
		    !schema_same_name(a->dialect, t->name, u->name))
			u = schema_table(b, t->schema, t->name);
		if (!u || (u != t && !table_equal(a->dialect, t, u)))
			return false;
	}
	return true;
}

bool
schema_equal(const struct schema *a, const struct schema *b)
{
	const struct rules *r = &schema_rules[a->dialect];

	return a->dialect == b->dialect && tables_equal(a, b) &&
	       LISTS_EQUAL(r, &enum_facts, &a->enums, &b->enums) &&
	       LISTS_EQUAL(r, &object_facts, &a->objects, &b->objects);
}
