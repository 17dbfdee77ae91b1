/* collections_postgres - what of PostgreSQL's tables comes by itself */
#include "transpile/collections_words.h"

#include <string.h>

#include "sql/name.h"
#include "sql/portable.h"

const char *
postgres_portable(const struct expr *e)
{
	return sql_portable_word(DIALECT_POSTGRES, e->text);
}

static bool
is(const char *a, const char *b)
{
	return a && !strcmp(a, b);
}

static bool
same_type(const struct column *c, const struct column *target)
{
	return is(c->type, target->type);
}

/* Nothing that what comes by itself has not. */
static bool
is_bare(const struct column *c)
{
	return c->not_null && !c->generated.text && !c->collation &&
	       !c->comment;
}

static const char *
id(struct telling *t, const struct column *c)
{
	(void)t;
	if (!is_bare(c))
		return NULL;
	if (is(c->type, "bigint") && c->identity == IDENTITY_BY_DEFAULT &&
	    !column_more(c)->identity_options)
		return "";
	return is(c->type, "uuid") && !c->identity &&
		       is(postgres_portable(&c->default_value), "NEW_UUID")
		   ? "ID_UUID"
		   : NULL;
}

static bool
timestamp(struct telling *t, const struct column *c)
{
	(void)t;
	return is_bare(c) && is(c->type, "timestamp with time zone") &&
	       is(postgres_portable(&c->default_value), "NOW");
}

/* A key is never NULL, and no index is called after the order of keys. */
static bool
null_key(const struct telling *t, const struct column *c)
{
	(void)t;
	(void)c;
	return false;
}

static bool
makes_index(const struct telling *t, const struct constraint *c)
{
	(void)t;
	(void)c;
	return false;
}

static void
add_parents(struct telling *t, struct item *i)
{
	struct arena *a = t->teller->a;
	struct names words = { 0 };

	for (size_t k = 0; k < t->table->parents.n; k++) {
		const struct parent *p = &t->table->parents.v[k];
		const struct telling *above =
		    teller_target(t->teller, p->schema, p->name);

		vec_push(a, &words, c_literal(a, above ? above->slug : ""));
	}
	if (words.n)
		item_arg(
		    a, i, "%s", c_list(a, ".inherits = VALUES(", &words, ")"));
}

static void
head(struct telling *t, struct item *i)
{
	struct arena *a = t->teller->a;
	const struct table *table = t->table;

	item_text(a, i, "schema", table->schema);
	add_parents(t, i);
	item_flag(a, i, "unlogged", table->unlogged);
	item_flag(a, i, "row_security",
	    table->row_security && !table->force_row_security);
	item_flag(a, i, "force_row_security", table->force_row_security);
	item_flag(a, i, "row_security_off",
	    table->force_row_security && !table->row_security);
	item_text(a, i, "comment", table->comment);
}

const struct collections_dialect collections_postgres = {
	.suffix = "postgres.sql",
	.name_max = SQL_POSTGRES_NAME_MAX,
	.names_constraints = true,
	.id = id,
	.timestamp = timestamp,
	.same_type = same_type,
	.null_key = null_key,
	.makes_index = makes_index,
	.head = head,
	.items = postgres_say_partitions,
	.field = postgres_say_field,
	.spell = postgres_spell_options,
};
