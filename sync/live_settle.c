/* live_settle - what the text says, settled by what is known of the change */
#include "sync/live_settle.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "sync/judge.h"

static const char *
sentence(struct arena *a, const char *text)
{
	char *s = arena_fmt(a, "%s.", text);

	*s = (char)toupper((unsigned char)*s);
	return s;
}

void
live_clear(struct arena *a, struct finding *f, const char *why)
{
	if (f->cleared)
		return;
	f->message = arena_fmt(a, "%s %s.", f->message, why);
	f->cleared = true;
	f->rows = 0;
}

static bool
is_same_object(const struct finding *f, const char *object)
{
	size_t n = strlen(object), len = strlen(f->object);

	return len >= n && text_same_nocase(f->object + len - n, object) &&
	       (len == n || f->object[len - n - 1] == '.');
}

/* The text calls a new key by its name, and the first witness by its columns.
 */
static bool
has_object(const struct finding *f)
{
	static const char *const without[] = { "add-unique", "add-primary-key",
		"add-check", "add-foreign-key", "create-unique-index" };

	for (size_t i = 0; i < sizeof(without) / sizeof(*without); i++)
		if (!strcmp(f->rule, without[i]))
			return false;
	return f->object != NULL;
}

/* Whose object is not said may be any of those that are known, if all are. */
static bool
is_meant(const struct finding *f, const struct finding *known, bool all)
{
	if (!judge_same_rule(f->rule, known->rule))
		return false;
	return has_object(f) && known->object ? is_same_object(f, known->object)
					      : all;
}

static bool
is_worse(const struct finding *than, const struct finding *f)
{
	return !than || (f->destructive && !f->cleared &&
			    (!than->destructive || than->cleared));
}

/* Returns the worst that the first witness and its probe say of what the text
 * said, or NULL. */
static const struct finding *
find_known(const struct changes *changes, const struct finding *f, bool all)
{
	const struct finding *worst = NULL;

	for (size_t i = 0; i < changes->n; i++) {
		const struct findings *known = &changes->v[i]->findings;

		for (size_t k = 0; k < known->n; k++)
			if (is_meant(f, &known->v[k], all) &&
			    is_worse(worst, &known->v[k]))
				worst = &known->v[k];
	}
	return worst;
}

static const char *
column_of(struct arena *a, const struct change *c)
{
	const struct table *t = c->new_table;

	return t && c->new_column
		   ? arena_fmt(a, "%s%s%s.%s", t->schema ? t->schema : "",
			 t->schema ? "." : "", t->name, c->new_column->name)
		   : NULL;
}

/* Where the types are known and nothing is found, every value stays. */
static void
settle_type(struct arena *a, struct finding *f, const struct change *c)
{
	const char *object = column_of(a, c);

	if (c->findings.n || !f->object || !is_same_object(f, object))
		return;
	f->message = arena_fmt(a,
	    "Changes %s from %s to %s, which holds every value as it is.",
	    object, c->old_column->type, c->new_column->type);
	f->cleared = true;
	f->hint = NULL;
}

void
live_settle(struct arena *a, const struct changes *changes, bool all,
    struct findings *found)
{
	for (size_t i = 0; i < found->n; i++) {
		struct finding *f = &found->v[i];
		const struct finding *known;

		if (f->class == CLASS_OPAQUE)
			continue;
		for (size_t k = 0;
		     k < changes->n && text_starts(f->rule, "change-type"); k++)
			if (changes->v[k]->kind == CHANGE_COLUMN_TYPE)
				settle_type(a, f, changes->v[k]);
		known = f->destructive ? find_known(changes, f, all) : NULL;
		if (!known || f->cleared)
			continue;
		f->message = sentence(a, known->message);
		f->rows = known->rows;
		f->cleared = known->cleared || !known->destructive;
	}
}

/* Returns the table's column that the finding names, or NULL. */
static const struct column *
named_column(struct arena *a, const struct table *t, const struct finding *f)
{
	for (size_t i = 0; f->object && i < t->columns.n; i++) {
		const struct change c = { .new_table = t,
			.new_column = t->columns.v[i] };

		if (is_same_object(f, column_of(a, &c)))
			return t->columns.v[i];
	}
	return NULL;
}

/* Does anything of that kind change, of the column if it is known? */
static bool
changes_any(const struct changes *changes, enum change_kind kind,
    const struct column *column)
{
	for (size_t i = 0; i < changes->n; i++) {
		const struct change *c = changes->v[i];

		if (c->kind == kind &&
		    (!column || !c->old_column ||
			!strcmp(c->old_column->name, column->name)))
			return true;
	}
	return false;
}

/* What the statement wants is so already: no change is left of it. */
void
live_settle_same(struct arena *a, const struct table *t,
    const struct changes *changes, struct findings *found)
{
	static const struct {
		const char *rule;
		enum change_kind kind;
		const char *why;
	} rows[] = {
		{ "set-not-null", CHANGE_SET_NOT_NULL, "It is so already" },
		{ "set-not-null-scan", CHANGE_SET_NOT_NULL,
		    "It is so already" },
		{ "change-type", CHANGE_COLUMN_TYPE,
		    "It has this type already" },
		{ "change-type-rewrite", CHANGE_COLUMN_TYPE,
		    "It has this type already" },
		{ "drop-column", CHANGE_DROP_COLUMN,
		    "There is no such column here" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		for (size_t k = 0; k < found->n; k++) {
			struct finding *f = &found->v[k];

			if (!strcmp(f->rule, rows[i].rule) &&
			    !changes_any(
				changes, rows[i].kind, named_column(a, t, f)))
				live_clear(a, f, rows[i].why);
		}
}
