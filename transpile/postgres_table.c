/* postgres_table - what is said of a whole table, in PostgreSQL's words */
#include "transpile/ddl.h"

#include "base/text.h"
#include "sql/quote.h"

#define D DIALECT_POSTGRES

static void
add_bound(struct buf *b, const struct partition *p)
{
	if (!text_same_nocase(p->bound.text, "DEFAULT"))
		buf_puts(b, " FOR VALUES");
	buf_fmt(b, " %s", p->bound.text);
}

static void
add_name(struct buf *b, const struct table *t, const struct partition *p)
{
	sql_qualified(b, D, p->schema ? p->schema : t->schema, p->name);
}

/* What the partition is a part of: the table, or another partition. */
static void
add_parent(struct buf *b, const struct table *t, const struct partition *p)
{
	const struct partition *of =
	    p->of ? partition_named(&t->partitions, p->of) : NULL;

	if (of)
		add_name(b, t, of);
	else
		sql_qualified(b, D, t->schema, p->of ? p->of : t->name);
}

static void
create_partition(
    struct buf *b, const struct table *t, const struct partition *p)
{
	buf_puts(b, "CREATE TABLE ");
	add_name(b, t, p);
	buf_puts(b, " PARTITION OF ");
	add_parent(b, t, p);
	add_bound(b, p);
	if (p->partition_by.text)
		buf_fmt(b, " PARTITION BY %s", p->partition_by.text);
}

static void
drop_partition(struct buf *b, const struct table *t, const struct partition *p)
{
	buf_puts(b, "DROP TABLE ");
	add_name(b, t, p);
}

static void
secure(struct buf *b, const struct table *t, const char *words)
{
	ddl_alter(b, D, t);
	buf_fmt(b, "%s ROW LEVEL SECURITY", words);
}

static void
push(struct names *out, struct arena *a, struct buf *b)
{
	vec_push(a, out, arena_strndup(a, buf_str(b), b->len));
	buf_cut(b, 0);
}

static void
say_inherited(struct names *out, struct arena *a, const struct schema *s,
    const struct table *t, const struct column *c)
{
	const struct column *above =
	    c->inherited ? inherited_column(a, s, t, c->name) : NULL;

	if (above)
		postgres_say_inherited(out, a, t, c, above);
}

void
postgres_after_table(struct names *out, struct arena *a, const struct schema *s,
    const struct table *t,
    bool (*waits)(const struct constraint *c, const struct table *t, void *arg),
    void *arg)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < t->partitions.n; i++) {
		create_partition(&b, t, &t->partitions.v[i]);
		push(out, a, &b);
	}
	/* the parts would have it without NOT VALID */
	for (size_t i = 0; i < t->constraints.n; i++) {
		const struct constraint *c = t->constraints.v[i];

		if (!c->not_valid || c->inherited || waits(c, t, arg))
			continue;
		postgres_add_constraint(&b, t, c);
		push(out, a, &b);
	}
	if (postgres_inherits_later(t))
		postgres_say_parents(out, a, t);
	for (size_t i = 0; t->parents.n && i < t->columns.n; i++)
		say_inherited(out, a, s, t, t->columns.v[i]);
	if (t->row_security) {
		secure(&b, t, "ENABLE");
		push(out, a, &b);
	}
	if (t->force_row_security) {
		secure(&b, t, "FORCE");
		push(out, a, &b);
	}
	postgres_comments(out, a, t, NULL);
	buf_release(&b);
}

void
postgres_write_options(struct writing *w)
{
	const struct table *is = w->c->new_table;

	ddl_alter(&w->b, D, is);
	buf_puts(&w->b, is->unlogged ? "SET UNLOGGED" : "SET LOGGED");
	say(w);
	ddl_alter(&w->b, D, is);
	buf_puts(&w->b, is->unlogged ? "SET LOGGED" : "SET UNLOGGED");
	say_undo(w);
}

static void
turn(struct writing *w, bool was, bool is, const char *on, const char *off)
{
	if (was == is)
		return;
	secure(&w->b, w->c->new_table, is ? on : off);
	say(w);
	secure(&w->b, w->c->new_table, is ? off : on);
	say_undo(w);
}

void
postgres_write_row_security(struct writing *w)
{
	const struct table *was = w->c->now_table, *is = w->c->new_table;

	turn(w, was->row_security, is->row_security, "ENABLE", "DISABLE");
	turn(w, was->force_row_security, is->force_row_security, "FORCE",
	    "NO FORCE");
}

static void
alter_parent(struct writing *w, const struct partition *p, const char *words)
{
	const struct table *t = w->c->new_table;

	buf_puts(&w->b, "ALTER TABLE ");
	add_parent(&w->b, t, p);
	buf_fmt(&w->b, " %s PARTITION ", words);
	add_name(&w->b, t, p);
}

static void
attach(struct writing *w, struct names *to, const struct partition *p)
{
	alter_parent(w, p, "ATTACH");
	add_bound(&w->b, p);
	plan_say(w->p, to, &w->b);
}

static void
detach(struct writing *w, struct names *to, const struct partition *p)
{
	alter_parent(w, p, "DETACH");
	plan_say(w->p, to, &w->b);
}

void
postgres_write_add_partition(struct writing *w)
{
	if (w->c->part) {
		attach(w, &w->s->sql, w->c->new_partition);
		detach(w, &w->s->undo, w->c->new_partition);
		return;
	}
	create_partition(&w->b, w->c->new_table, w->c->new_partition);
	say(w);
	postgres_take_given_part(w, w->c->new_table, w->c->new_partition,
	    &(struct given){
		.kind = OBJECT_FOREIGN_TABLE, .exact = w->c->mate });
	drop_partition(&w->b, w->c->new_table, w->c->new_partition);
	say_undo(w);
}

/* The server does it for no table that has a part for the rest, nor that part:
 * others could put rows into the wrong one. */
bool
postgres_can_detach(const struct change *c)
{
	const struct partitions *all = &c->old_table->partitions;

	if (c->old_partition->partition_by.text)
		return false;
	for (size_t i = 0; i < all->n; i++)
		if (text_same_nocase(all->v[i].bound.text, "DEFAULT"))
			return false;
	return true;
}

void
postgres_make_detach(struct arena *a, struct buf *b, const struct change *c,
    struct online_steps *out)
{
	buf_puts(b, "ALTER TABLE ");
	add_parent(b, c->old_table, c->old_partition);
	buf_puts(b, " DETACH PARTITION ");
	add_name(b, c->old_table, c->old_partition);
	buf_puts(b, " CONCURRENTLY");
	postgres_keep_online(a, b, ONLINE_DETACH, out);
}

/* It stands alone by now; only its mark goes. */
static void
drop_mark(struct writing *w)
{
	buf_puts(&w->b, "ALTER TABLE ");
	add_name(&w->b, w->c->new_table, w->c->old_partition);
	buf_puts(&w->b, " DROP CONSTRAINT ");
	sql_ident(&w->b, D, w->c->online);
	say(w);
}

/* The server lets no part go while a foreign key points to the whole. */
static bool
is_pointed_to(struct writing *w, const struct table *t)
{
	const struct tables *all = &plan_state(w->p)->tables;

	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < all->v[i]->constraints.n; k++)
			if (postgres_points(all->v[i]->constraints.v[k], t))
				return true;
	return false;
}

void
postgres_write_drop_partition(struct writing *w)
{
	if (w->c->online)
		drop_mark(w);
	if (w->c->part) {
		if (!w->c->online)
			detach(w, &w->s->sql, w->c->old_partition);
		attach(w, &w->s->undo, w->c->old_partition);
		return;
	}
	if (!w->c->online && is_pointed_to(w, w->c->new_table))
		detach(w, &w->s->sql, w->c->old_partition);
	drop_partition(&w->b, w->c->new_table, w->c->old_partition);
	say(w);
	create_partition(&w->b, w->c->new_table, w->c->old_partition);
	say_undo(w);
}

/* The rows stay where they are; the server looks whether they may. */
void
postgres_write_partition_bound(struct writing *w)
{
	const struct partition *was = w->c->old_partition;
	const struct partition *is = w->c->new_partition;

	if (!w->c->mate)
		detach(w, &w->s->sql, was);
	attach(w, &w->s->sql, is);
	detach(w, &w->s->undo, is);
	if (!w->c->mate)
		attach(w, &w->s->undo, was);
}

void
postgres_write_unbind_partition(struct writing *w)
{
	detach(w, &w->s->sql, w->c->old_partition);
	attach(w, &w->s->undo, w->c->old_partition);
}
