/* probe - evidence: how many rows a change would touch, asked of the database
 */
#include <string.h>

#include "sync/dialect.h"
#include "sync/judge.h"
#include "sync/trash.h"

const struct sync_dialect *
sync_dialect(enum dialect d)
{
	static const struct sync_dialect *const by_dialect[DIALECT_COUNT] = {
		[DIALECT_SQLITE] = &sync_sqlite,
		[DIALECT_POSTGRES] = &sync_postgres,
	};

	return by_dialect[d];
}

/* What the rows that a probe counted do, for one and for many. */
static const struct {
	const char *one, *many;
} words[CHANGE_KIND_COUNT] = {
	[CHANGE_ALTER_ENUM] = { "row holds such a value",
	    "rows hold such a value" },
	[CHANGE_DROP_PARTITION] = { "row would go", "rows would go" },
	[CHANGE_DROP_TABLE] = { "row would go", "rows would go" },
	[CHANGE_DROP_COLUMN] = { "row would lose a value",
	    "rows would lose a value" },
	[CHANGE_ADD_COLUMN] = { "row would have no value",
	    "rows would have no value" },
	[CHANGE_COLUMN_TYPE] = { "row holds a value that would change",
	    "rows hold values that would change" },
	[CHANGE_COLUMN_GENERATED] = { "row would lose a value",
	    "rows would lose a value" },
	[CHANGE_SET_NOT_NULL] = { "row holds NULL", "rows hold NULL" },
	[CHANGE_ADD_CONSTRAINT] = { "row does not satisfy it",
	    "rows do not satisfy it" },
	[CHANGE_CREATE_INDEX] = { "row does not satisfy it",
	    "rows do not satisfy it" },
	[CHANGE_COLUMN_COLLATION] = { "row would be equal to another",
	    "rows would be equal to another" },
	[CHANGE_TABLE_OPTIONS] = { "row does not fit", "rows do not fit" },
};

/* What makes nothing fail here, and is counted all the same. */
static bool
is_counted(const struct finding *f)
{
	return !strcmp(f->rule, "lose-rowids");
}

/* A probe answers findings that speak of values, and no others. */
static bool
is_asked(const struct finding *f)
{
	if (is_counted(f))
		return true;
	/* no server has the new type yet */
	if (!strcmp(f->rule, "type-attribute"))
		return false;
	return f->destructive && (f->class == CLASS_DATA_LOSS ||
				     f->class == CLASS_DATA_DEPENDENT);
}

static void
set_answer(struct arena *a, struct change *c, struct finding *f, int64_t rows)
{
	f->rows = rows;
	f->cleared = rows == 0;
	c->settled |= f->cleared && c->kind == CHANGE_ADD_CONSTRAINT &&
		      c->new_constraint->kind == CONSTRAINT_CHECK;
	if (rows > 0 && c->kind == CHANGE_DROP_TABLE && c->mate)
		f->message = arena_fmt(a, "%s: %lld %s", f->message,
		    (long long)rows, rows == 1 ? "row moves" : "rows move");
	else if (rows > 0 && is_counted(f))
		f->message =
		    arena_fmt(a, "%s: %lld %s", f->message, (long long)rows,
			rows == 1 ? "row has one" : "rows have one");
	else if (rows > 0 && words[c->kind].one)
		f->message =
		    arena_fmt(a, "%s: %lld %s", f->message, (long long)rows,
			rows == 1 ? words[c->kind].one : words[c->kind].many);
}

/* Sets *rows to what the database answers; false where it has no answer, for
 * what could not be asked is no evidence. */
static bool
ask(struct sync *s, const struct change *c, const struct finding *f,
    int64_t *rows)
{
	return sync_dialect(s->plan->dialect)
	    ->ask(s->arena, s->db, s->plan->diff, c, f, rows);
}

/* Who reads a plan must know how long others will wait. */
#define HEAVY ((int64_t)64 << 20)

static bool
is_weighed(const struct finding *f)
{
	return !strcmp(f->rule, "type-rewrite") ||
	       !strcmp(f->rule, "type-reindex") ||
	       !strcmp(f->rule, "add-column-rewrite");
}

static bool
weigh(
    struct sync *s, const struct change *c, struct finding *f, struct err *err)
{
	const struct sync_dialect *d = sync_dialect(s->plan->dialect);
	int64_t bytes = 0;

	if (!d->weigh || !c->old_table || !is_weighed(f))
		return true;
	if (!d->weigh(s->db, c->old_table, &bytes, err))
		return false;
	f->heavy = bytes >= HEAVY;
	if (f->heavy)
		f->message = arena_fmt(s->arena, "%s: %s", f->message,
		    trash_size(s->arena, bytes));
	return true;
}

/* Returns the check that the change brings and diff/ found nothing to say of,
 * or NULL. */
static const struct constraint *
settled_check(const struct change *c)
{
	const struct table *t = c->new_table;

	for (size_t i = 0; i < c->findings.n; i++)
		if (c->findings.v[i].destructive)
			return NULL;
	if (c->kind == CHANGE_ADD_CONSTRAINT)
		return c->new_constraint->kind == CONSTRAINT_CHECK &&
			       !c->settled
			   ? c->new_constraint
			   : NULL;
	if (c->kind != CHANGE_ADD_COLUMN)
		return NULL;
	for (size_t i = 0; i < t->constraints.n; i++)
		if (t->constraints.v[i]->kind == CONSTRAINT_CHECK &&
		    t->constraints.v[i]->column &&
		    !strcmp(t->constraints.v[i]->column, c->new_column->name))
			return t->constraints.v[i];
	return NULL;
}

/* What a check of new columns alone comes to is settled by what they begin
 * with: if that does not satisfy it, no row does. */
static void
foretell(struct sync *s, struct change *c)
{
	const struct constraint *k = settled_check(c);
	struct finding f = { .rule = "add-check",
		.class = CLASS_DATA_DEPENDENT,
		.destructive = true,
		.hint = "give them a default that does" };
	int64_t rows = 0;

	if (!k || !c->new_table || !ask(s, c, &f, &rows))
		return;
	c->settled = rows == 0;
	if (!rows)
		return;
	f.object = c->new_table->name;
	f.rows = rows;
	f.message = arena_fmt(s->arena,
	    "adds CHECK (%s), which new columns do not satisfy as they begin: "
	    "fails for %s %lld %s",
	    k->check.text, rows == 1 ? "the" : "all", (long long)rows,
	    rows == 1 ? "row" : "rows");
	vec_push(s->arena, &c->findings, f);
}

/* Returns the change that the finding tells of: of a table that is made anew
 * it may be that of a column. */
static struct change *
told_of(struct change *c, const struct finding *f)
{
	for (size_t i = 0; i < c->columns.n; i++) {
		const struct findings *all = &c->columns.v[i]->findings;

		for (size_t k = 0; k < all->n; k++)
			if (!strcmp(all->v[k].rule, f->rule) &&
			    !strcmp(all->v[k].object, f->object))
				return c->columns.v[i];
	}
	return c;
}

bool
probe_changes(struct sync *s, const struct step *step, bool only_cleared,
    bool *held, struct err *err)
{
	for (size_t i = 0; i < step->changes.n; i++) {
		struct change *c = step->changes.v[i];

		for (size_t k = 0; k < c->findings.n; k++) {
			struct finding *f = &c->findings.v[k];
			struct change *of = told_of(c, f);
			int64_t rows = -1;

			if (!only_cleared && !weigh(s, c, f, err))
				return false;
			if (!is_asked(f) ||
			    (only_cleared && (!f->cleared || c->online)))
				continue;
			if (only_cleared)
				*held =
				    *held && ask(s, of, f, &rows) && rows == 0;
			else if (ask(s, of, f, &rows))
				set_answer(s->arena, of, f, rows);
		}
		if (!only_cleared)
			foretell(s, c);
	}
	return true;
}
