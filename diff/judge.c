/* judge - the first witness: what a change means for rows and programs
 *
 * It knows the change itself, not its text, and does not look at data: what
 * may fail or lose is said so, and only a probe can clear it.
 */
#include "diff/judge.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "sql/quote.h"

static const struct table *
table_of(const struct change *c)
{
	return c->new_table ? c->new_table : c->old_table;
}

/* The column under the name that it has in the database by now. */
static const char *
column_name(struct pass *p, const struct change *c)
{
	return name_column(p->a, table_of(c),
	    c->new_column ? c->new_column->name : c->old_column->name);
}

static void
tighten_if(struct change *c, bool tightens)
{
	c->phase = tightens ? PHASE_TIGHTEN : PHASE_RELAX;
}

static void
judge_rename_table(struct pass *p, struct change *c)
{
	judge_note(p, c, JUDGE_RENAME_TABLE, name_table(p->a, c->old_table),
	    NULL, c->new_table->name);
}

static void
judge_rename_column(struct pass *p, struct change *c)
{
	judge_note(p, c, JUDGE_RENAME_COLUMN,
	    name_column(p->a, c->new_table, c->old_column->name), NULL,
	    c->new_column->name);
}

static bool
is_new_column(struct pass *p, const struct change *c, const char *name)
{
	return !table_column(p->now, c->now_table, name);
}

/* Does the check speak of columns that hold rows already? */
static bool
reads_old_columns(
    struct pass *p, const struct change *c, const struct constraint *k)
{
	for (size_t i = 0; i < c->new_table->columns.n; i++) {
		const struct column *column = c->new_table->columns.v[i];

		/* what is computed is computed of old columns, too */
		if ((!is_new_column(p, c, column->name) ||
			column->generated.text ||
			column_more(column)->backfill.text) &&
		    constraint_mentions(p->dialect, k, column->name))
			return true;
	}
	return false;
}

static const enum judgement adding[] = {
	[CONSTRAINT_PRIMARY_KEY] = JUDGE_ADD_PRIMARY_KEY,
	[CONSTRAINT_UNIQUE] = JUDGE_ADD_UNIQUE,
	[CONSTRAINT_CHECK] = JUDGE_ADD_CHECK,
	[CONSTRAINT_FOREIGN_KEY] = JUDGE_ADD_FOREIGN_KEY,
	[CONSTRAINT_EXCLUDE] = JUDGE_ADD_EXCLUSION,
};

/* Is a column of the key new and without a value, so that every row agrees?
 * A check is settled by the definition alone if it reads new columns only. */
static bool
is_settled(struct pass *p, const struct change *c, const struct constraint *k)
{
	if (k->kind == CONSTRAINT_CHECK)
		return !reads_old_columns(p, c, k);
	if (k->kind == CONSTRAINT_PRIMARY_KEY || k->nulls_not_distinct)
		return false;
	for (size_t i = 0; i < k->parts.n; i++) {
		const struct column *column =
		    k->parts.v[i].column ? table_column(p->to, c->new_table,
					       k->parts.v[i].column)
					 : NULL;

		if (column && is_new_column(p, c, column->name) &&
		    !column->default_value.text && !column->generated.text &&
		    !column->not_null)
			return true;
	}
	return false;
}

static void
judge_constraint(struct pass *p, struct change *c, const struct constraint *k)
{
	const char *object =
	    k->parts.n == 1 && k->parts.v[0].column
		? name_column(p->a, c->new_table, k->parts.v[0].column)
		: name_table(p->a, c->new_table);

	if (is_settled(p, c, k))
		return;
	c->phase = PHASE_TIGHTEN;
	judge_note(p, c, adding[k->kind], object, NULL,
	    name_constraint(p->a, k, "to", c->new_table));
}

static bool
is_filled(const struct column *c)
{
	return (c->default_value.text &&
		   strcmp(c->default_value.key ? c->default_value.key
					       : c->default_value.text,
		       "null")) ||
	       c->generated.text || c->identity != IDENTITY_NONE;
}

static void
judge_add_column(struct pass *p, struct change *c)
{
	const struct column *new = c->new_column;
	const struct table *t = c->new_table;
	const struct constraint *key = table_primary_key(t);
	bool is_rowid =
	    p->ops->inline_constraints && key && key->parts.n == 1 &&
	    text_same_nocase(new->type, "INTEGER") &&
	    schema_same_name(p->dialect, key->parts.v[0].column, new->name);

	bool fills = column_fills(NULL, new);
	bool empty = new->not_null && !is_filled(new) && !is_rowid && !fills;

	if (fills)
		judge_fill(p, c, column_name(p, c), JUDGE_ADD_FILLED,
		    JUDGE_ADD_FILLED_BY);
	if (empty) {
		c->phase = PHASE_TIGHTEN;
		judge_note(
		    p, c, JUDGE_ADD_REQUIRED, column_name(p, c), NULL, NULL);
	}
	/* one finding is one question: an empty table answers all of them */
	for (size_t i = 0; p->ops->inline_constraints && !is_rowid && !empty &&
			   i < t->constraints.n;
	     i++)
		if (constraint_belongs(
			p->ops, p->dialect, t, t->constraints.v[i], new->name))
			judge_constraint(p, c, t->constraints.v[i]);
	if (p->ops->locks && (new->identity || new->stored))
		judge_note(
		    p, c, JUDGE_ADD_REWRITES, column_name(p, c), NULL, NULL);
}

static void
judge_drop_column(struct pass *p, struct change *c)
{
	c->phase = PHASE_TIGHTEN;
	/* what is computed is not lost */
	judge_note(p, c,
	    c->old_column->generated.text ? JUDGE_DROP_GENERATED
					  : JUDGE_DROP_COLUMN,
	    column_name(p, c), NULL, NULL);
}

static const enum judgement retyping[RETYPE_COUNT] = {
	[RETYPE_FREE] = JUDGE_NOTHING,
	[RETYPE_REINDEX] = JUDGE_RETYPE_REINDEX,
	[RETYPE_REWRITE] = JUDGE_RETYPE_REWRITE,
	[RETYPE_CHECKED] = JUDGE_RETYPE_CHECKED,
	[RETYPE_CAST] = JUDGE_RETYPE_CAST,
	[RETYPE_MEANING] = JUDGE_RETYPE_MEANING,
	[RETYPE_CHANGES] = JUDGE_RETYPE_CHANGES,
	[RETYPE_TO_TEXT] = JUDGE_RETYPE_TO_TEXT,
	[RETYPE_TO_NUMBER] = JUDGE_RETYPE_TO_NUMBER,
	[RETYPE_TO_REAL] = JUDGE_RETYPE_TO_REAL,
};

/* ANY is a type in a STRICT table of SQLite, and means NUMERIC elsewhere. */
static bool
takes_anything(const struct table *t, const struct column *c)
{
	return t->strict && c->type && text_same_nocase(c->type, "ANY");
}

static void
judge_type(struct pass *p, struct change *c)
{
	const char *from = c->now_column->type, *to = c->new_column->type;
	struct column was = *c->now_column, is = *c->new_column;
	struct retyping r;

	if (takes_anything(c->now_table, &was))
		was.type = "";
	if (takes_anything(c->new_table, &is))
		is.type = "";
	if (column_more(&is)->conversion.text) {
		c->phase = PHASE_TIGHTEN;
		judge_note(p, c, JUDGE_RETYPE_USING, column_name(p, c), from,
		    arena_fmt(p->a, "%s by %s", to,
			column_more(&is)->conversion.text));
		return;
	}
	if (column_rewrites(p, c->now_column)) {
		c->phase = PHASE_TIGHTEN;
		judge_note(p, c, JUDGE_RETYPE_ATTRIBUTE, column_name(p, c),
		    from, NULL);
		return;
	}
	r = diff_retyping(p->dialect, &was, &is);
	tighten_if(c, r.effect > RETYPE_REWRITE);
	if (retyping[r.effect] != JUDGE_NOTHING)
		judge_note(
		    p, c, retyping[r.effect], column_name(p, c), from, to);
}

/* A column of a table that is made anew, as if it had been changed there. */
static void
judge_taken(struct pass *p, struct change *c, size_t at)
{
	const struct table *new = c->mate->new_table;
	const struct column *now = c->now_table->columns.v[at];
	const struct column *is = table_column(p->to, new, now->name);
	struct change *taken;

	if (is && !strcmp(is->type, now->type))
		return;
	taken = arena_new(p->a, struct change);
	*taken = (struct change){
		.kind = is ? CHANGE_COLUMN_TYPE : CHANGE_DROP_COLUMN,
		.old_table = c->old_table,
		.now_table = c->now_table,
		.new_table = new,
		.old_column = c->old_table->columns.v[at],
		.now_column = now,
		.new_column = is,
	};
	pass_judge(p, taken);
	vec_push(p->a, &c->columns, taken);
	/* all of it is written anew in any case */
	for (size_t i = 0; i < taken->findings.n; i++)
		if (taken->findings.v[i].class != CLASS_BLOCKING)
			vec_push(p->a, &c->findings, taken->findings.v[i]);
}

static void
judge_drop_table(struct pass *p, struct change *c)
{
	c->phase = PHASE_TIGHTEN;
	judge_note(p, c, c->mate ? JUDGE_MAKE_ANEW : JUDGE_DROP_TABLE,
	    name_table(p->a, c->old_table), NULL, NULL);
	for (size_t i = 0; c->mate && i < c->now_table->columns.n; i++)
		judge_taken(p, c, i);
}

static void
judge_set_not_null(struct pass *p, struct change *c)
{
	if (column_fills(c->now_column, c->new_column)) {
		judge_fill(p, c, column_name(p, c), JUDGE_SET_FILLED,
		    JUDGE_SET_FILLED_BY);
		return;
	}
	c->phase = PHASE_TIGHTEN;
	judge_note(p, c, JUDGE_SET_NOT_NULL, column_name(p, c), NULL, NULL);
}

static void
judge_drop_not_null(struct pass *p, struct change *c)
{
	judge_note(p, c, JUDGE_DROP_NOT_NULL, column_name(p, c), NULL, NULL);
}

static void
judge_default(struct pass *p, struct change *c)
{
	if (!c->new_column->default_value.text && !c->mate)
		judge_note(
		    p, c, JUDGE_DROP_DEFAULT, column_name(p, c), NULL, NULL);
}

static void
judge_generated(struct pass *p, struct change *c)
{
	const struct expr *was = &c->now_column->generated;
	const struct expr *is = &c->new_column->generated;

	tighten_if(c, is->text != NULL);
	if (!is->text && c->mate)
		return; /* it comes again */
	if (!is->text)
		judge_note(
		    p, c, JUDGE_DROP_EXPRESSION, column_name(p, c), NULL, NULL);
	else
		judge_note(p, c,
		    was->text || c->mate ? JUDGE_RECOMPUTE : JUDGE_OVERWRITE,
		    column_name(p, c), NULL, is->text);
}

static void
judge_identity(struct pass *p, struct change *c)
{
	if (c->new_column->identity == IDENTITY_NONE)
		judge_note(
		    p, c, JUDGE_DROP_IDENTITY, column_name(p, c), NULL, NULL);
}

static void
judge_collation(struct pass *p, struct change *c)
{
	bool unique = false;

	for (size_t i = 0; i < c->new_table->constraints.n; i++) {
		const struct constraint *k = c->new_table->constraints.v[i];

		unique |=
		    (k->kind == CONSTRAINT_UNIQUE ||
			k->kind == CONSTRAINT_PRIMARY_KEY) &&
		    constraint_mentions(p->dialect, k, c->new_column->name);
	}
	for (size_t i = 0; i < c->new_table->indexes.n; i++)
		unique |= c->new_table->indexes.v[i]->unique &&
			  index_mentions(p->dialect, c->new_table->indexes.v[i],
			      c->new_column->name);
	tighten_if(c, unique);
	judge_note(p, c, unique ? JUDGE_COLLATE_UNIQUE : JUDGE_COLLATE,
	    column_name(p, c), NULL, NULL);
}

const struct names *
constraint_labels(
    struct pass *p, const struct table *t, const struct constraint *c)
{
	const struct column *column =
	    c->column ? table_column(p->to, t, c->column) : NULL;

	return column ? &column_more(column)->labels_was : NULL;
}

/* Does one of the constraints that the table has prove the new one? */
static bool
is_implied(struct pass *p, const struct change *c)
{
	const struct constraint *new = c->new_constraint;
	const struct constraints *now = &c->now_table->constraints;

	for (size_t i = 0; i < now->n; i++)
		if (constraint_implies(p->dialect, now->v[i], new,
			constraint_labels(p, c->new_table, new)))
			return true;
	for (size_t i = 0; i < c->now_table->indexes.n; i++)
		if (new->kind == CONSTRAINT_UNIQUE &&
		    index_implies(p->dialect, c->now_table->indexes.v[i],
			&(struct index){ .parts = new->parts,
			    .nulls_not_distinct = new->nulls_not_distinct }))
			return true;
	return false;
}

/* Does a CHECK of the list name the label as a literal? */
static bool
checks_name(struct pass *p, const struct constraint *k, const char *label)
{
	struct buf literal = { 0 };
	bool found;

	sql_literal(&literal, p->dialect, label);
	found = k->kind == CONSTRAINT_CHECK &&
		strstr(k->check.key, buf_str(&literal));
	buf_release(&literal);
	return found;
}

/* Where the labels of an enum are a CHECK, the rows are rewritten with it: each
 * old label that the new check no longer names becomes the new one. */
static void
judge_labels(struct pass *p, struct change *c)
{
	const struct constraint *new = c->new_constraint;
	const struct names *was = constraint_labels(p, c->new_table, new);
	const struct constraint *old = c->mate ? c->mate->now_constraint : NULL;

	for (size_t i = 0; was && old && i + 1 < was->n; i += 2)
		if (checks_name(p, old, was->v[i]) &&
		    !checks_name(p, new, was->v[i]))
			judge_note(p, c, JUDGE_RENAME_LABEL,
			    arena_fmt(p->a, "%s.%s",
				name_table(p->a, c->new_table), new->column),
			    was->v[i], was->v[i + 1]);
}

static void
judge_add_constraint(struct pass *p, struct change *c)
{
	const struct constraint *new = c->new_constraint;
	bool implied;

	if (!c->now_table)
		return; /* the table is new, too */
	implied = is_implied(p, c);
	c->settled =
	    implied || (new->kind != CONSTRAINT_CHECK &&is_settled(p, c, new));
	if (!implied) {
		judge_constraint(p, c, new);
		return;
	}
	judge_labels(p, c);
	if (new->kind == CONSTRAINT_FOREIGN_KEY &&
	    !(c->mate &&
		constraint_equal(p->dialect, c->mate->now_constraint, new)))
		judge_note(p, c, JUDGE_CHANGE_FOREIGN_KEY,
		    name_table(p->a, c->new_table), NULL,
		    name_constraint(p->a, new, "of", c->new_table));
}

static void
judge_rename_constraint(struct pass *p, struct change *c)
{
	judge_note(p, c, JUDGE_RENAME_CONSTRAINT,
	    name_table(p->a, c->new_table), c->old_constraint->name,
	    c->new_constraint->name);
}

static void
judge_drop_constraint(struct pass *p, struct change *c)
{
	bool key = c->now_constraint->kind == CONSTRAINT_PRIMARY_KEY;

	c->phase = key ? PHASE_TIGHTEN : PHASE_RELAX;
	if (!c->mate)
		judge_note(p, c,
		    key ? JUDGE_DROP_PRIMARY_KEY : JUDGE_DROP_CONSTRAINT,
		    name_table(p->a, c->new_table),
		    name_constraint(
			p->a, c->now_constraint, "from", c->new_table),
		    NULL);
}

static void
judge_create_index(struct pass *p, struct change *c)
{
	const struct index *new = c->new_index;
	struct constraint as_key = { .kind = CONSTRAINT_UNIQUE,
		.parts = new->parts,
		.nulls_not_distinct = new->nulls_not_distinct };
	bool implied = !new->unique;

	if (!c->now_table)
		return; /* the table is new, too */
	for (size_t i = 0; i < c->now_table->indexes.n; i++)
		implied |=
		    index_implies(p->dialect, c->now_table->indexes.v[i], new);
	for (size_t i = 0; i < c->now_table->constraints.n; i++)
		implied |= constraint_implies(
		    p->dialect, c->now_table->constraints.v[i], &as_key, NULL);
	c->settled = implied || is_settled(p, c, &as_key);
	if (!c->settled) {
		c->phase = PHASE_TIGHTEN;
		judge_note(p, c, JUDGE_UNIQUE_INDEX,
		    name_table(p->a, c->new_table), NULL,
		    name_parts(p->a, &new->parts));
	}
	if (p->ops->locks)
		judge_note(p, c, JUDGE_CREATE_INDEX,
		    name_table(p->a, c->new_table), NULL, new->name);
}

static void
judge_drop_index(struct pass *p, struct change *c)
{
	if (c->mate)
		return;
	judge_note(p, c,
	    c->old_index->unique ? JUDGE_DROP_UNIQUE_INDEX : JUDGE_DROP_INDEX,
	    name_table(p->a, table_of(c)), c->old_index->name, NULL);
}

/* What was ANY and no longer is, although it is called so. */
static void
judge_loosened(struct pass *p, struct change *c)
{
	for (size_t i = 0; i < c->now_table->columns.n; i++) {
		const struct column *was = c->now_table->columns.v[i];
		const struct column *is =
		    table_column(p->to, c->new_table, was->name);

		if (is && takes_anything(c->now_table, was) &&
		    text_same_nocase(is->type, "ANY"))
			judge_note(p, c, JUDGE_RETYPE_TO_NUMBER,
			    name_column(p->a, c->new_table, is->name),
			    was->type, "NUMERIC");
	}
}

/* Is the rowid nothing but that: no INTEGER PRIMARY KEY keeps its value? */
static bool
has_bare_rowid(const struct pass *p, const struct table *t)
{
	const struct constraint *key = table_primary_key(t);
	const struct column *c =
	    key && key->parts.n == 1 && key->parts.v[0].column
		? table_column(p->to, t, key->parts.v[0].column)
		: NULL;

	return !t->without_rowid &&
	       !(c && c->type && text_same_nocase(c->type, "INTEGER"));
}

static void
judge_options(struct pass *p, struct change *c)
{
	const struct table *was = c->now_table, *is = c->new_table;
	const char *name = name_table(p->a, is);

	if (is->strict && !was->strict)
		judge_note(p, c, JUDGE_STRICT, name, NULL, NULL);
	if (was->strict && !is->strict)
		judge_loosened(p, c);
	if (is->without_rowid && !was->without_rowid)
		judge_note(p, c, JUDGE_WITHOUT_ROWID, name, NULL, NULL);
	if (is->unlogged && !was->unlogged)
		judge_note(p, c, JUDGE_UNLOGGED, name, NULL, NULL);
	tighten_if(c, c->findings.n > 0);
	if (is->without_rowid && has_bare_rowid(p, was))
		judge_note(p, c, JUDGE_LOSE_ROWIDS, name, NULL, NULL);
	if (was->unlogged && !is->unlogged)
		judge_note(p, c, JUDGE_LOGGED, name, NULL, NULL);
}

void
pass_judge(struct pass *p, struct change *c)
{
	static void (*const judges[CHANGE_KIND_COUNT])(
	    struct pass *, struct change *) = {
		[CHANGE_RENAME_ENUM] = judge_rename_enum,
		[CHANGE_ALTER_ENUM] = judge_alter_enum,
		[CHANGE_DROP_ENUM] = judge_drop_enum,
		[CHANGE_RENAME_TABLE] = judge_rename_table,
		[CHANGE_DROP_TABLE] = judge_drop_table,
		[CHANGE_RENAME_COLUMN] = judge_rename_column,
		[CHANGE_ADD_COLUMN] = judge_add_column,
		[CHANGE_DROP_COLUMN] = judge_drop_column,
		[CHANGE_COLUMN_TYPE] = judge_type,
		[CHANGE_SET_NOT_NULL] = judge_set_not_null,
		[CHANGE_DROP_NOT_NULL] = judge_drop_not_null,
		[CHANGE_COLUMN_DEFAULT] = judge_default,
		[CHANGE_COLUMN_GENERATED] = judge_generated,
		[CHANGE_COLUMN_IDENTITY] = judge_identity,
		[CHANGE_COLUMN_COLLATION] = judge_collation,
		[CHANGE_ADD_CONSTRAINT] = judge_add_constraint,
		[CHANGE_RENAME_CONSTRAINT] = judge_rename_constraint,
		[CHANGE_DROP_CONSTRAINT] = judge_drop_constraint,
		[CHANGE_CREATE_INDEX] = judge_create_index,
		[CHANGE_DROP_INDEX] = judge_drop_index,
		[CHANGE_TABLE_OPTIONS] = judge_options,
		[CHANGE_ROW_SECURITY] = judge_row_security,
		[CHANGE_PARTITION_BOUND] = judge_partition_bound,
		[CHANGE_UNBIND_PARTITION] = judge_unbind_partition,
		[CHANGE_ADD_PARTITION] = judge_add_partition,
		[CHANGE_DROP_PARTITION] = judge_drop_partition,
		[CHANGE_ADD_PARENT] = judge_add_parent,
		[CHANGE_DROP_PARENT] = judge_drop_parent,
		[CHANGE_CREATE_OBJECT] = judge_create_object,
		[CHANGE_REPLACE_OBJECT] = judge_replace_object,
		[CHANGE_DROP_OBJECT] = judge_drop_object,
	};

	if (judges[c->kind])
		judges[c->kind](p, c);
	judge_content(p, c);
}
