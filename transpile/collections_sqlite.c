/* collections_sqlite - what of SQLite's tables comes by itself */
#include "transpile/collections_words.h"

#include <string.h>

#include "base/text.h"
#include "sql/portable.h"

/* To the letter, for PRAGMA table_xinfo shows the letters. */
const char *
sqlite_portable(const struct expr *e)
{
	return sql_portable_word(DIALECT_SQLITE, e->text);
}

/* ---------------------------------- types --------------------------------- */

/* SQLite spells these itself, however they were written; all other types stay
 * as they are, to the letter. */
bool
sqlite_is_type(const char *type, const char *wanted)
{
	static const char *const standard[] = { "ANY", "BLOB", "INT", "INTEGER",
		"REAL", "TEXT" };

	for (size_t i = 0; i < sizeof(standard) / sizeof(*standard); i++)
		if (!strcmp(standard[i], wanted))
			return text_same_nocase(type, wanted);
	return !strcmp(type, wanted);
}

static bool
same_type(const struct column *c, const struct column *target)
{
	return c->type && target->type &&
	       (sqlite_is_type(c->type, target->type) ||
		   sqlite_is_type(target->type, c->type));
}

/* Other tools write "bigint" where they refer to an "integer". */
static bool
like_type(const struct column *c, const struct column *target)
{
	static const char *const whole[] = { "INT", "INTEGER", "BIGINT",
		"SMALLINT", "TINYINT", "MEDIUMINT", "INT2", "INT4", "INT8",
		"UNSIGNED BIG INT", "INTEGER UNSIGNED", "INT UNSIGNED",
		"BIGINT UNSIGNED" };
	bool one = false, other = false;

	for (size_t i = 0; i < sizeof(whole) / sizeof(*whole); i++) {
		one |= c->type && text_same_nocase(c->type, whole[i]);
		other |=
		    target->type && text_same_nocase(target->type, whole[i]);
	}
	return one && other;
}

/* The type of a moment in this table. */
static const char *
moment(const struct telling *t)
{
	return t->table->strict ? "TEXT" : "TIMESTAMP";
}

/* ------------------------------ by themselves ----------------------------- */

static bool
is_bare(const struct column *c)
{
	return !c->generated.text && !c->collation &&
	       !column_more(c)->on_conflict;
}

static const char *
id(struct telling *t, const struct column *c)
{
	const char *type = c->type ? c->type : "";
	const char *word = sqlite_portable(&c->default_value);

	if (!is_bare(c))
		return NULL;
	if (sqlite_is_type(type, "INTEGER") && !c->default_value.text) {
		if (t->table->without_rowid)
			return NULL;
		t->id_required = c->not_null;
		return c->identity == IDENTITY_AUTOINCREMENT
			   ? "ID_AUTOINCREMENT"
			   : "";
	}
	if (!sqlite_is_type(type, "TEXT") || !c->not_null || !word ||
	    strcmp(word, "NEW_UUID") != 0 ||
	    !sqlite_take_check(t, "length(id) = 36"))
		return NULL;
	return "ID_UUID";
}

static bool
timestamp(struct telling *t, const struct column *c)
{
	const char *word = sqlite_portable(&c->default_value);

	return is_bare(c) && c->not_null && c->type &&
	       sqlite_is_type(c->type, moment(t)) && word &&
	       !strcmp(word, "NOW");
}

/* Alone and an INTEGER, it is the rowid. */
static bool
is_rowid(const struct telling *t, const struct constraint *key)
{
	const struct field *f =
	    key && key->parts.n == 1 && !key->parts.v[0].desc
		? telling_field(t, key->parts.v[0].column)
		: NULL;

	return f && !t->table->without_rowid && f->column->type &&
	       sqlite_is_type(f->column->type, "INTEGER");
}

static bool
null_key(const struct telling *t, const struct column *c)
{
	(void)c;
	return is_rowid(t, t->key);
}

static bool
makes_index(const struct telling *t, const struct constraint *c)
{
	return c->kind == CONSTRAINT_UNIQUE ||
	       (c->kind == CONSTRAINT_PRIMARY_KEY && !is_rowid(t, c));
}

static void
head(struct telling *t, struct item *i)
{
	item_flag(t->teller->a, i, "without_rowid", t->table->without_rowid);
	item_flag(t->teller->a, i, "strict", t->table->strict);
}

const struct collections_dialect collections_sqlite = {
	.suffix = "sqlite.sql",
	.orders_indexes = true,
	.loose_references = true,
	.head = head,
	.id = id,
	.timestamp = timestamp,
	.same_type = same_type,
	.like_type = like_type,
	.null_key = null_key,
	.makes_index = makes_index,
	.field = sqlite_say_field,
};
