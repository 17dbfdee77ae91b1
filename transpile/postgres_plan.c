/* postgres_plan - changes as statements, in PostgreSQL's words
 *
 * One writer a kind of change. What closes a ring of references is added with
 * the last table of it, and taken away with the first that goes.
 */
#include "transpile/ddl.h"

#include "sql/quote.h"

#define D DIALECT_POSTGRES

static void
drop_constraint(
    struct buf *b, const struct table *t, const struct constraint *c)
{
	ddl_alter(b, D, t);
	buf_puts(b, "DROP CONSTRAINT ");
	sql_ident(b, D, c->name);
}

static bool
waits(const struct constraint *c, const struct table *t, void *arg)
{
	return c->kind == CONSTRAINT_FOREIGN_KEY && !postgres_points(c, t) &&
	       !schema_table(arg, c->target_schema, c->target);
}

/* Inside CREATE TABLE the server would not hear NOT VALID. */
static bool
comes_later(const struct constraint *c, const struct table *t, void *arg)
{
	return c->not_valid || waits(c, t, arg);
}

static void
drop_table(struct buf *b, const struct table *t)
{
	buf_puts(b, "DROP TABLE ");
	ddl_table_name(b, D, t);
}

/* Says it for each foreign key of other tables that points to t. */
static void
each_pointing(struct writing *w, const struct table *t, struct names *to,
    void (*f)(struct buf *, const struct table *, const struct constraint *))
{
	const struct tables *all = &plan_state(w->p)->tables;

	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < all->v[i]->constraints.n; k++) {
			const struct constraint *c =
			    all->v[i]->constraints.v[k];

			if (!postgres_points(c, t) ||
			    postgres_points(c, all->v[i]))
				continue;
			f(&w->b, all->v[i], c);
			plan_say(w->p, to, &w->b);
		}
}

static void
create_table(struct writing *w, struct names *to, const struct table *t)
{
	struct schema *state = plan_state(w->p);

	postgres_table(&w->b, t, comes_later, state);
	plan_say(w->p, to, &w->b);
	postgres_after_table(to, w->p->a, state, t, waits, state);
}

static void
write_create_table(struct writing *w)
{
	const struct table *t = w->c->new_table;

	create_table(w, &w->s->sql, t);
	if (w->c->mate)
		postgres_take_rows(w);
	postgres_take_given_table(w, t, &(struct given){ .exact = w->c->mate });
	each_pointing(w, t, &w->s->sql, postgres_add_constraint);
	each_pointing(w, t, &w->s->undo, drop_constraint);
	drop_table(&w->b, t);
	say_undo(w);
}

/* What points here goes with it, so that the state does not have it either. */
static void
forget_pointing(struct writing *w, const struct table *t)
{
	struct tables *all = &plan_state(w->p)->tables;

	for (size_t i = 0; i < all->n; i++) {
		struct constraints *list = &all->v[i]->constraints;
		size_t kept = 0;

		for (size_t k = 0; k < list->n; k++)
			if (!postgres_points(list->v[k], t) ||
			    postgres_points(list->v[k], all->v[i]))
				list->v[kept++] = list->v[k];
		list->n = kept;
	}
}

static void
comment_index(struct writing *w, struct names *to, const struct table *t,
    const struct index *i)
{
	if (!i->comment)
		return;
	postgres_comment(&w->b, t, NULL, NULL, i, i->comment);
	plan_say(w->p, to, &w->b);
}

static void
comment_constraint(struct writing *w, struct names *to, const struct table *t,
    const struct constraint *c)
{
	if (!c->comment)
		return;
	postgres_comment(&w->b, t, NULL, c, NULL, c->comment);
	plan_say(w->p, to, &w->b);
}

static void
write_drop_table(struct writing *w)
{
	const struct schema *state = plan_state(w->p);
	const struct table *t =
	    schema_table(state, w->c->now_table->schema, w->c->now_table->name);

	if (w->c->mate)
		postgres_put_rows_aside(w);
	each_pointing(w, t, &w->s->sql, drop_constraint);
	drop_table(&w->b, t);
	say(w);
	create_table(w, &w->s->undo, t);
	postgres_take_given_table(w, t, &(struct given){ .back = true });
	for (size_t i = 0; i < t->indexes.n; i++) {
		ddl_index(&w->b, D, t, t->indexes.v[i]);
		say_undo(w);
		comment_index(w, &w->s->undo, t, t->indexes.v[i]);
	}
	each_pointing(w, t, &w->s->undo, postgres_add_constraint);
	forget_pointing(w, t);
}

static void
rename_to(struct buf *b, const char *what, const char *schema, const char *from,
    const char *to)
{
	buf_fmt(b, "ALTER %s ", what);
	sql_qualified(b, D, schema, from);
	buf_puts(b, " RENAME TO ");
	sql_ident(b, D, to);
}

static void
write_renaming(struct writing *w, const char *what, const char *schema,
    const char *from, const char *to)
{
	rename_to(&w->b, what, schema, from, to);
	say(w);
	rename_to(&w->b, what, schema, to, from);
	say_undo(w);
}

static void
write_rename_table(struct writing *w)
{
	write_renaming(w, "TABLE", w->c->old_table->schema,
	    w->c->old_table->name, w->c->new_table->name);
}

static void
write_rename_enum(struct writing *w)
{
	write_renaming(w, "TYPE", w->c->old_enum->schema, w->c->old_enum->name,
	    w->c->new_enum->name);
}

static void
write_rename_index(struct writing *w)
{
	write_renaming(w, "INDEX", w->c->new_table->schema,
	    w->c->old_index->name, w->c->new_index->name);
}

static void
rename_part(struct buf *b, const struct table *t, const char *what,
    const char *from, const char *to)
{
	ddl_alter(b, D, t);
	buf_fmt(b, "RENAME %s ", what);
	sql_ident(b, D, from);
	buf_puts(b, " TO ");
	sql_ident(b, D, to);
}

static void
write_rename_column(struct writing *w)
{
	const char *from = w->c->old_column->name, *to = w->c->new_column->name;

	rename_part(&w->b, w->c->new_table, "COLUMN", from, to);
	say(w);
	rename_part(&w->b, w->c->new_table, "COLUMN", to, from);
	say_undo(w);
}

static void
write_rename_constraint(struct writing *w)
{
	const char *from = w->c->now_constraint->name;
	const char *to = w->c->new_constraint->name;

	rename_part(&w->b, w->c->new_table, "CONSTRAINT", from, to);
	say(w);
	rename_part(&w->b, w->c->new_table, "CONSTRAINT", to, from);
	say_undo(w);
}

static void
write_create_enum(struct writing *w)
{
	const struct enum_type *e = w->c->new_enum;

	postgres_enum(&w->b, e->name, e);
	say(w);
	postgres_take_given(w, &(struct given){ .kind = OBJECT_TYPE,
				   .schema = e->schema,
				   .name = e->name,
				   .exact = w->c->mate });
	buf_puts(&w->b, "DROP TYPE ");
	sql_qualified(&w->b, D, e->schema, e->name);
	say_undo(w);
}

static void
write_drop_enum(struct writing *w)
{
	const struct enum_type *e = w->c->old_enum;

	buf_puts(&w->b, "DROP TYPE ");
	sql_qualified(&w->b, D, e->schema, e->name);
	say(w);
	postgres_enum(&w->b, e->name, e);
	say_undo(w);
}

static void
write_add_constraint(struct writing *w)
{
	if (w->c->online) {
		postgres_place_online(w);
	} else {
		postgres_add_constraint(
		    &w->b, w->c->new_table, w->c->new_constraint);
		say(w);
	}
	comment_constraint(
	    w, &w->s->sql, w->c->new_table, w->c->new_constraint);
	drop_constraint(&w->b, w->c->new_table, w->c->new_constraint);
	say_undo(w);
}

static void
write_drop_constraint(struct writing *w)
{
	if (w->c->only) {
		ddl_alter_only(&w->b, D, w->c->new_table);
		buf_puts(&w->b, "DROP CONSTRAINT ");
		sql_ident(&w->b, D, w->c->now_constraint->name);
	} else {
		drop_constraint(&w->b, w->c->new_table, w->c->now_constraint);
	}
	say(w);
	postgres_add_constraint(&w->b, w->c->new_table, w->c->now_constraint);
	say_undo(w);
	comment_constraint(
	    w, &w->s->undo, w->c->new_table, w->c->now_constraint);
}

static void
write_create_index(struct writing *w)
{
	const struct index *i = w->c->new_index;

	if (w->c->online) {
		postgres_place_online(w);
	} else {
		ddl_index(&w->b, D, w->c->new_table, i);
		say(w);
	}
	comment_index(w, &w->s->sql, w->c->new_table, i);
	ddl_drop_index(&w->b, D, w->c->new_table, i->name);
	say_undo(w);
}

/* Does a key of a part hold the place of the index there? Neither goes without
 * the other; the key comes again by itself, where it is to stay. */
static bool
holds_key(struct writing *w, const struct table *t, const struct index *x)
{
	const struct objects *all = &plan_state(w->p)->objects;
	struct buf columns = { 0 };
	bool found = false;

	for (size_t i = 0; i < x->parts.n; i++) {
		buf_puts(&columns, i ? " , " : "( ");
		if (x->parts.v[i].column)
			sql_ident(&columns, D, x->parts.v[i].column);
	}
	buf_puts(&columns, " )");
	for (size_t i = 0; x->unique && !found && i < all->n; i++) {
		const struct object *o = all->v[i];

		found = o->kind == OBJECT_SETTING && object_part(D, o, t) &&
			strstr(o->sql.key, " add constraint ") &&
			strstr(o->sql.key, buf_str(&columns));
	}
	buf_release(&columns);
	return found;
}

static void
write_drop_index(struct writing *w)
{
	bool along = holds_key(w, w->c->now_table, w->c->now_index);

	ddl_drop_index(&w->b, D, w->c->new_table, w->c->now_index->name);
	buf_puts(&w->b, along ? " CASCADE" : "");
	say(w);
	ddl_index(&w->b, D, w->c->new_table, w->c->now_index);
	say_undo(w);
	comment_index(w, &w->s->undo, w->c->new_table, w->c->now_index);
}

static void
write_comment(struct writing *w)
{
	const struct change *c = w->c;
	const char *was = c->new_column       ? c->now_column->comment
			  : c->new_index      ? c->now_index->comment
			  : c->new_constraint ? c->now_constraint->comment
					      : c->now_table->comment;
	const char *is = c->new_column       ? c->new_column->comment
			 : c->new_index      ? c->new_index->comment
			 : c->new_constraint ? c->new_constraint->comment
					     : c->new_table->comment;

	postgres_comment(&w->b, c->new_table, c->new_column, c->new_constraint,
	    c->new_index, is);
	say(w);
	postgres_comment(&w->b, c->new_table, c->new_column, c->new_constraint,
	    c->new_index, was);
	say_undo(w);
}

const struct ddl_dialect postgres_ddl = {
	.schema = postgres_schema,
	.online = postgres_can_online,
	.make_online = postgres_make_online,
	.notes = postgres_notes,
	.exchange = postgres_exchange,
	.carried = postgres_write_carried,
	.write = {
		[CHANGE_RENAME_ENUM] = write_rename_enum,
		[CHANGE_CREATE_ENUM] = write_create_enum,
		[CHANGE_ALTER_ENUM] = postgres_write_alter_enum,
		[CHANGE_DROP_ENUM] = write_drop_enum,
		[CHANGE_RENAME_TABLE] = write_rename_table,
		[CHANGE_CREATE_TABLE] = write_create_table,
		[CHANGE_DROP_TABLE] = write_drop_table,
		[CHANGE_RENAME_COLUMN] = write_rename_column,
		[CHANGE_ADD_COLUMN] = postgres_write_add_column,
		[CHANGE_DROP_COLUMN] = postgres_write_drop_column,
		[CHANGE_COLUMN_TYPE] = postgres_write_type,
		[CHANGE_SET_NOT_NULL] = postgres_write_not_null,
		[CHANGE_DROP_NOT_NULL] = postgres_write_not_null,
		[CHANGE_COLUMN_DEFAULT] = postgres_write_default,
		[CHANGE_COLUMN_GENERATED] = postgres_write_generated,
		[CHANGE_COLUMN_IDENTITY] = postgres_write_identity,
		[CHANGE_COLUMN_COLLATION] = postgres_write_collation,
		[CHANGE_ADD_CONSTRAINT] = write_add_constraint,
		[CHANGE_RENAME_CONSTRAINT] = write_rename_constraint,
		[CHANGE_DROP_CONSTRAINT] = write_drop_constraint,
		[CHANGE_CREATE_INDEX] = write_create_index,
		[CHANGE_RENAME_INDEX] = write_rename_index,
		[CHANGE_DROP_INDEX] = write_drop_index,
		[CHANGE_TABLE_OPTIONS] = postgres_write_options,
		[CHANGE_ROW_SECURITY] = postgres_write_row_security,
		[CHANGE_ADD_PARTITION] = postgres_write_add_partition,
		[CHANGE_PARTITION_BOUND] = postgres_write_partition_bound,
		[CHANGE_UNBIND_PARTITION] = postgres_write_unbind_partition,
		[CHANGE_DROP_PARTITION] = postgres_write_drop_partition,
		[CHANGE_ADD_PARENT] = postgres_write_parent,
		[CHANGE_DROP_PARENT] = postgres_write_parent,
		[CHANGE_COMMENT] = write_comment,
		[CHANGE_CREATE_OBJECT] = postgres_write_create_object,
		[CHANGE_REPLACE_OBJECT] = postgres_write_replace_object,
		[CHANGE_DROP_OBJECT] = postgres_write_drop_object,
	},
};
