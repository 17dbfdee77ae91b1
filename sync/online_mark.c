/* online_mark - which changes are made while others go on, and which wait */
#include "sync/online.h"

#include <string.h>

#include "sync/dialect.h"

/* Below this, in bytes, nobody notices: the server writes or reads a hundred
 * times as much in a second. */
#define LARGE ((int64_t)16 << 20)

static bool
is_large(struct sync *s, const struct table *t, bool *large, struct err *err)
{
	const struct sync_dialect *d = sync_dialect(s->current->dialect);
	int64_t bytes = 0;

	*large = s->options.online == ONLINE_ALWAYS;
	if (*large)
		return true;
	if (!d->weigh(s->db, t, &bytes, err))
		return false;
	*large = bytes >= LARGE;
	return true;
}

static bool
is_renamed(const struct diff *d, const struct table *now)
{
	for (size_t i = 0; i < d->changes.n; i++) {
		const struct change *c = d->changes.v[i];

		if ((c->kind == CHANGE_RENAME_TABLE ||
			c->kind == CHANGE_RENAME_COLUMN) &&
		    c->old_table == now)
			return true;
	}
	return false;
}

/* What is made under another name does not need these. */
static bool
may_come_later(const struct change *c)
{
	switch (c->kind) {
	case CHANGE_SET_NOT_NULL:
	case CHANGE_DROP_NOT_NULL:
	case CHANGE_COLUMN_DEFAULT:
	case CHANGE_COMMENT:
		return true;
	default:
		return false;
	}
}

/* Does the change speak of something that a column beside would carry along? */
static bool
is_carried(const struct diff *d, const struct change *c, const struct change *o)
{
	enum dialect x = d->to->dialect;
	const char *column = c->old_column->name;

	if (o == c || o->old_table != c->old_table)
		return false;
	if (o->old_constraint || o->new_constraint)
		return (o->old_constraint &&
			   constraint_mentions(x, o->old_constraint, column)) ||
		       (o->new_constraint &&
			   constraint_mentions(x, o->new_constraint, column));
	if (o->old_index || o->new_index)
		return (o->old_index &&
			   index_mentions(x, o->old_index, column)) ||
		       (o->new_index &&
			   index_mentions(x, o->new_index, column));
	return o->old_column == c->old_column &&
	       o->kind != CHANGE_COLUMN_DEFAULT && o->kind != CHANGE_COMMENT;
}

/* A column beside is made of what there is of the column alone; views and
 * triggers go and come in the transaction. */
static bool
is_alone(const struct diff *d, const struct change *c)
{
	for (size_t i = 0; i < c->needs.n; i++)
		if (c->needs.v[i]->kind != CHANGE_DROP_OBJECT)
			return false;
	for (size_t i = 0; i < d->changes.n; i++)
		if (is_carried(d, c, d->changes.v[i]))
			return false;
	return true;
}

/* Can it be made of what is there now? A drop that it replaces may wait. */
static bool
is_ready(const struct diff *d, const struct change *c)
{
	bool alone = c->kind == CHANGE_COLUMN_TYPE;
	/* what stands on a column goes before it, in the transaction */
	bool goes = c->kind == CHANGE_DROP_COLUMN;

	for (size_t i = 0; !alone && !goes && i < c->needs.n; i++)
		if (c->needs.v[i] != c->mate && !may_come_later(c->needs.v[i]))
			return false;
	return !is_renamed(d, c->old_table) && (!alone || is_alone(d, c));
}

/* What is of another table would have to be told of the column beside. */
static const char *
pinned(const struct diff *d, const struct change *c)
{
	const struct schema *s = d->from;
	const char *column = c->old_column->name;

	for (size_t i = 0; i < s->tables.n; i++)
		for (size_t k = 0; k < s->tables.v[i]->constraints.n; k++) {
			const struct constraint *x =
			    s->tables.v[i]->constraints.v[k];

			if (x->kind != CONSTRAINT_FOREIGN_KEY ||
			    schema_table(s, x->target_schema, x->target) !=
				c->old_table)
				continue;
			for (size_t n = 0; n < x->target_columns.n; n++)
				if (!strcmp(x->target_columns.v[n], column))
					return "a foreign key points to it";
		}
	for (size_t i = 0; i < s->objects.n; i++)
		if (s->objects.v[i]->kind == OBJECT_PUBLICATION &&
		    object_mentions(s->dialect, s->objects.v[i], column))
			return "a publication names it";
	return NULL;
}

static void
hint(struct change *c, const char *text)
{
	for (size_t i = 0; i < c->findings.n; i++)
		if (!strcmp(c->findings.v[i].rule, "type-rewrite"))
			c->findings.v[i].hint = text;
}

/* Who asked that nobody waits is asked before everybody does. */
static void
refuse(struct sync *s, struct change *c, const char *why)
{
	struct finding f = { .rule = "type-rewrite",
		.class = CLASS_BLOCKING,
		.rows = -1,
		.destructive = true,
		.object = c->findings.n ? c->findings.v[0].object : NULL };
	size_t n = 0;

	f.message = arena_fmt(s->arena,
	    "every row is written anew while everybody waits, for --rewrite "
	    "copy cannot be: %s",
	    why);
	f.hint = arena_fmt(s->arena, "--allow blocking%s%s lets others wait",
	    f.object ? ":" : "", f.object ? f.object : "");
	for (size_t i = 0; i < c->findings.n; i++)
		if (strcmp(c->findings.v[i].rule, f.rule) != 0)
			c->findings.v[n++] = c->findings.v[i];
	c->findings.n = n;
	vec_push(s->arena, &c->findings, f);
}

static void
say_why(struct sync *s, struct change *c, const char *why)
{
	struct finding f = { .rule = "type-rewrite",
		.class = CLASS_BLOCKING,
		.rows = -1,
		.message = "every row is written anew while everybody waits",
		.hint = "deesse push --rewrite copy keeps nobody waiting" };

	if (why && s->options.rewrite_copies)
		refuse(s, c, why);
	else if (!why && c->kind == CHANGE_ALTER_ENUM)
		vec_push(s->arena, &c->findings, f);
	else
		hint(c, why ? NULL : f.hint);
}

/* A copy beside is made where it was asked for and can be; the finding says
 * what is in its way. */
static const char *
may_copy(
    struct sync *s, const struct diff *d, struct change *c, const char *name)
{
	const char *why = "another column is computed from it, or it is no "
			  "plain column of one table";

	if (name)
		why = pinned(d, c);
	if (!why && s->options.rewrite_copies)
		return name;
	say_why(s, c, why);
	return NULL;
}

/* An enum type loses values: its column gets another type. */
static const char *
may_exchange(struct sync *s, const struct diff *d, struct change *c,
    const struct change *x, const char *why)
{
	if (x && pinned(d, x))
		why = pinned(d, x);
	else if (x && !is_alone(d, x))
		why = "other changes of this plan are about its column";
	if (why || !s->options.rewrite_copies) {
		say_why(s, c, why);
		return NULL;
	}
	c->exchange = x;
	return x->online;
}

/* Is some table large that has a column of the type? */
static bool
enum_is_large(struct sync *s, const struct diff *d, const struct change *c,
    bool *large, struct err *err)
{
	for (size_t i = 0; i < d->from->tables.n; i++) {
		const struct table *t = d->from->tables.v[i];
		bool has = false;

		for (size_t k = 0; k < t->columns.n; k++)
			has |= t->columns.v[k]->enum_type &&
			       !strcmp(t->columns.v[k]->enum_type,
				   c->old_enum->name);
		if (has && !*large && !is_large(s, t, large, err))
			return false;
	}
	return true;
}

/* Who fills beside others keeps nobody waiting. */
static bool
is_past(const struct finding *f)
{
	return !strcmp(f->rule, "backfill-locks") ||
	       !strcmp(f->rule, "type-rewrite");
}

static void
set_online(struct change *c, const char *name)
{
	size_t n = 0;

	c->online = name;
	for (size_t i = 0; i < c->findings.n; i++)
		if (!is_past(&c->findings.v[i]))
			c->findings.v[n++] = c->findings.v[i];
	c->findings.n = n;
}

static bool
mark_exchange(
    struct sync *s, const struct diff *d, struct change *c, struct err *err)
{
	const char *why, *name;
	const struct change *x = transpile_exchange(s->arena, d, c, &why);
	bool large = false;

	if (!x && !why)
		return true;
	if (!enum_is_large(s, d, c, &large, err))
		return false;
	if (large && (name = may_exchange(s, d, c, x, why)))
		set_online(c, name);
	return true;
}

bool
online_mark(struct sync *s, struct diff *d, struct err *err)
{
	const struct sync_dialect *ops = sync_dialect(d->to->dialect);
	const struct table *seen = NULL;
	bool large = false;

	s->later = (struct changes){ 0 };
	if (s->options.online == ONLINE_NEVER || !s->db || !ops->make_online)
		return true;
	for (size_t i = 0; i < d->changes.n; i++) {
		struct change *c = d->changes.v[i];
		bool copies = c->kind == CHANGE_COLUMN_TYPE;
		const char *name =
		    transpile_online(s->arena, d->to->dialect, c);

		if (c->kind == CHANGE_ALTER_ENUM &&
		    !mark_exchange(s, d, c, err))
			return false;

		if ((!name && !copies) ||
		    (c->kind == CHANGE_DROP_COLUMN && s->options.trash_off) ||
		    (c->kind == CHANGE_DROP_PARTITION && !ops->detaches(s->db)))
			continue;
		if (c->old_table != seen &&
		    !is_large(s, c->old_table, &large, err))
			return false;
		seen = c->old_table;
		if (large && copies && !(name = may_copy(s, d, c, name)))
			continue;
		if (large && is_ready(d, c))
			set_online(c, name);
		else if (large)
			vec_push(s->arena, &s->later, c);
	}
	return true;
}
