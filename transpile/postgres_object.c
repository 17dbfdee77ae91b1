/* postgres_object - views, functions, policies …, in PostgreSQL's words */
#include "transpile/ddl.h"

#include "base/text.h"
#include "sql/options.h"
#include "sql/quote.h"
#include "sql/split.h"

#include <string.h>

#define D DIALECT_POSTGRES

/* Does the table bring something of that name along: a part, an index, the
 * sequence of an identity? */
static bool
brings(const struct table *t, struct arena *a, const char *name)
{
	for (size_t i = 0; i < t->indexes.n; i++)
		if (schema_same_name(D, t->indexes.v[i]->name, name))
			return true;
	for (size_t i = 0; i < t->constraints.n; i++)
		if (schema_same_name(D, t->constraints.v[i]->name, name))
			return true;
	for (size_t i = 0; i < t->columns.n; i++)
		if (t->columns.v[i]->identity &&
		    !strcmp(name,
			sql_sequence_named(a, D, t->name, t->columns.v[i]->name,
			    column_more(t->columns.v[i])->identity_options)))
			return true;
	return partition_leads(&t->partitions, name);
}

/* Is it there under another name? */
static bool
is_renamed(const struct diff *d, const char *name)
{
	for (size_t i = 0; i < d->changes.n; i++) {
		const struct change *c = d->changes.v[i];

		if ((c->kind == CHANGE_RENAME_TABLE &&
			schema_same_name(D, c->old_table->name, name)) ||
		    (c->kind == CHANGE_RENAME_ENUM &&
			schema_same_name(D, c->old_enum->name, name)) ||
		    (c->kind == CHANGE_RENAME_INDEX &&
			schema_same_name(D, c->old_index->name, name)))
			return true;
	}
	return false;
}

/* Of two parts that point to each other neither goes first with that. */
static bool
says_foreign_key(const struct object *o)
{
	return o->kind == OBJECT_SETTING && strstr(o->sql.key, " foreign key ");
}

/* Is what a statement is about gone as well? Then it went with it. */
static bool
went_with_its_object(struct writing *w, const struct object *o)
{
	const struct schema *to = w->p->diff->to;

	/* a sequence must be free before what owns it takes it along, and a
	 * parent would not go while it has the child */
	if (!o->table || object_traits(o->kind)->word || says_foreign_key(o) ||
	    (o->drop && (strstr(o->drop, " OWNED BY NONE") ||
			    strstr(o->drop, " NO INHERIT "))) ||
	    schema_table(to, o->schema, o->table) ||
	    schema_enum(to, o->schema, o->table) ||
	    !strcmp(o->table, "public") || is_renamed(w->p->diff, o->table))
		return false;
	for (size_t i = 0; i < to->objects.n; i++)
		if (object_traits(to->objects.v[i]->kind)->word &&
		    schema_same_name(D, to->objects.v[i]->name, o->table))
			return false;
	for (size_t i = 0; i < to->tables.n; i++)
		if (brings(to->tables.v[i], w->p->a, o->table))
			return false;
	return true;
}

static const char *
aside_name(struct writing *w, const struct object *o)
{
	return arena_fmt(w->p->a, "_deesse_old_%s", o->name);
}

/* Both are there for a while, until tables call the new one. There is no way
 * back but another plan. */
static void
rename_aside(struct writing *w, const struct object *o)
{
	buf_fmt(&w->b, "ALTER %s ", object_traits(o->kind)->word);
	sql_qualified(&w->b, D, o->schema, o->name);
	buf_fmt(&w->b, "(%s) RENAME TO ", o->signature);
	sql_ident(&w->b, D, aside_name(w, o));
	say(w);
}

bool
postgres_is_blind(const struct change *c, const struct object *o)
{
	return (c->early || o->unusable) && object_traits(o->kind)->signature;
}

static void
check_bodies(
    struct writing *w, struct names *to, const struct object *o, bool on)
{
	if (!postgres_is_blind(w->c, o))
		return;
	buf_fmt(
	    &w->b, "SET LOCAL check_function_bodies = %s", on ? "on" : "off");
	plan_say(w->p, to, &w->b);
}

static void
create(struct writing *w, const struct object *o)
{
	check_bodies(w, &w->s->sql, o, false);
	buf_puts(&w->b, o->sql.text);
	say(w);
	check_bodies(w, &w->s->sql, o, true);
}

void
postgres_write_create_object(struct writing *w)
{
	const struct object *o = w->c->new_object;

	if (w->c->aside) {
		rename_aside(w, w->c->aside->old_object);
		create(w, o);
		return;
	}
	create(w, o);
	postgres_take_given(w, &(struct given){ .kind = o->kind,
				   .schema = o->schema,
				   .name = o->name,
				   .signature = o->signature,
				   .exact = w->c->mate });
	if (!object_traits(o->kind)->word && (!o->drop || !*o->drop))
		return;
	ddl_drop_object(&w->b, D, o);
	say_undo(w);
}

/* That of the whole, which had taken it over, may have taken it along. */
static bool
is_index_of_part(struct writing *w, const struct object *o)
{
	const struct tables *all = &w->p->diff->from->tables;

	for (size_t i = 0; o->kind == OBJECT_INDEX && i < all->n; i++)
		if (object_part(D, o, all->v[i]))
			return true;
	return false;
}

/* What a part has goes with it, also where one of its name comes again. */
static bool
goes_with_part(struct writing *w, const struct object *o)
{
	const struct changes *all = &w->p->diff->changes;

	if ((o->kind != OBJECT_SETTING && o->kind != OBJECT_INDEX) ||
	    !o->table || says_foreign_key(o))
		return false;
	for (size_t i = 0; i < all->n; i++) {
		const struct change *c = all->v[i];

		if ((c->kind == CHANGE_DROP_TABLE &&
			object_part(D, o, c->old_table)) ||
		    (c->kind == CHANGE_DROP_PARTITION && !c->part &&
			object_part(D, o, c->old_table) &&
			!strcmp(c->old_partition->name, o->table)))
			return true;
	}
	return false;
}

/* What goes before it is said in the same text: user mappings of a server. */
static void
drop_all(struct writing *w, const struct object *o)
{
	struct buf text = { 0 };
	struct statements all = { 0 };

	ddl_drop_object(&text, D, o);
	sql_split(w->p->a, &all, D, buf_str(&text), text.len);
	for (size_t i = 0; i < all.n; i++) {
		buf_add(&w->b, all.v[i].text, all.v[i].len);
		say(w);
	}
	buf_release(&text);
}

void
postgres_write_drop_object(struct writing *w)
{
	const struct object *o = w->c->old_object;
	struct object aside = *o;

	if (w->c->aside) {
		aside.name = aside_name(w, o);
		ddl_drop_object(&w->b, D, &aside);
		say(w);
		return;
	}
	if (went_with_its_object(w, o) || goes_with_part(w, o) ||
	    (o->drop && !*o->drop)) {
		/* nothing is left to take it from */
	} else if (!o->drop && is_index_of_part(w, o)) {
		buf_puts(&w->b, "DROP INDEX IF EXISTS ");
		sql_qualified(&w->b, D, o->schema, o->name);
		say(w);
	} else if (object_traits(o->kind)->word || o->drop) {
		drop_all(w, o);
	} else if (!w->c->mate) {
		w->ok = err_fail(w->err,
		    "nothing takes this back: %s; say what is to be instead",
		    o->sql.text);
		return;
	}
	buf_puts(&w->b, o->sql.text);
	say_undo(w);
	postgres_take_given(w, &(struct given){ .kind = o->kind,
				   .schema = o->schema,
				   .name = o->name,
				   .signature = o->signature,
				   .back = true });
}

static void
replace(struct writing *w, struct names *to, const struct object *o)
{
	const char *text = o->sql.text;

	check_bodies(w, to, o, false);
	if (object_traits(o->kind)->word && text_starts(text, "CREATE "))
		buf_fmt(
		    &w->b, "CREATE OR REPLACE %s", text + strlen("CREATE "));
	else
		buf_puts(&w->b, text);
	plan_say(w->p, to, &w->b);
	check_bodies(w, to, o, true);
}

void
postgres_write_replace_object(struct writing *w)
{
	const struct object *from = w->c->old_object, *to = w->c->new_object;

	if (!object_traits(to->kind)->alters) {
		replace(w, &w->s->sql, to);
		replace(w, &w->s->undo, from);
	} else if (!postgres_alter_object(w->p->a, &w->s->sql, from, to)) {
		w->ok = err_fail(w->err,
		    "PostgreSQL cannot change %s %s in this way; give the new "
		    "one another name, and move what uses it",
		    object_traits(to->kind)->name, to->name);
	} else {
		/* where there is no way back, there is no undo */
		(void)postgres_alter_object(w->p->a, &w->s->undo, to, from);
	}
}
