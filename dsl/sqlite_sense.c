/* sqlite_sense - what SQLite would refuse, or silently let go */
#include <string.h>

#include "base/text.h"
#include "dsl/sense.h"

static const char *
generated_key(const struct sensing *s)
{
	return s->common->generated && sense_in_key(s->c, s->f)
		   ? arena_fmt(s->a,
			 "SQLite has no primary key of generated fields, and "
			 "%s is one",
			 s->f->name)
		   : NULL;
}

static const char *
numbered_key(const struct sensing *s)
{
	const struct lowered *c = s->c;

	if (!c->key.n || c->key.v[0]->column->identity == IDENTITY_NONE)
		return NULL;
	if (c->table->without_rowid && c->from->head->id == DEESSE_ID_NONE)
		return "a table without rowid does not number its rows: leave "
		       ".autoincrement or .without_rowid out";
	if (c->key_parts.v[0].desc)
		return "SQLite numbers no key that says DESC";
	return NULL;
}

/* The only types of a table that is STRICT. */
static const char *
strict_type(const struct sensing *s)
{
	static const char *const types[] = { "INT", "INTEGER", "REAL", "TEXT",
		"BLOB", "ANY" };
	const struct deesse_COLUMN *c = (const void *)s->item;

	if (!s->c->table->strict || !c->type || c->array)
		return NULL;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (text_same_nocase(types[i], c->type))
			return NULL;
	return arena_fmt(s->a,
	    "%s is .strict, and takes INT, INTEGER, REAL, TEXT, BLOB and ANY, "
	    "not \"%s\"",
	    s->c->slug, c->type);
}

static const char unchecked[] =
    "SQLite cannot check the values in an array; say .only = POSTGRES";

static const char *
bits_of_array(const struct sensing *s)
{
	const struct deesse_INTEGER *n = (const void *)s->item;

	return n->array && n->bits && n->bits != 64 ? unchecked : NULL;
}

static const char *
vector_array(const struct sensing *s)
{
	return s->common->array ? unchecked : NULL;
}

static const char *
vector_default(const struct sensing *s)
{
	return s->common->default_value
		   ? "SQLite keeps a VECTOR as bytes; write .default_sql = "
		     "\"x'…'\", or say .only = POSTGRES"
		   : NULL;
}

/* Of a library that nobody compiled otherwise. */
#define COLUMNS_MAX 2000

static const char *
columns(const struct sensing *s)
{
	return sense_too_many(s, COLUMNS_MAX);
}

const struct sense sqlite_senses[] = {
	{ DEESSE_KIND_COLLECTION, NULL, columns },
	{ 0, "generated", generated_key },
	{ DEESSE_KIND_COLLECTION, NULL, numbered_key },
	{ DEESSE_KIND_COLUMN, "type", strict_type },
	{ DEESSE_KIND_INTEGER, "bits", bits_of_array },
	{ DEESSE_KIND_VECTOR, "array", vector_array },
	{ DEESSE_KIND_VECTOR, "default_value", vector_default },
	{ 0, NULL, NULL },
};
