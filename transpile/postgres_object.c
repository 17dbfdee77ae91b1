/* postgres_object - views, functions, policies …, in PostgreSQL's words */
#include "transpile/ddl.h"

#include "base/text.h"

#define D DIALECT_POSTGRES

/* Is what a statement is about gone as well? Then it went with it. */
static bool
went_with_its_object(struct writing *w, const struct object *o)
{
	const struct schema *to = w->p->diff->to;

	if (!o->table || schema_table(to, o->schema, o->table))
		return false;
	for (size_t i = 0; i < to->objects.n; i++)
		if (schema_same_name(D, to->objects.v[i]->name, o->table))
			return false;
	return true;
}

void
postgres_write_create_object(struct writing *w)
{
	const struct object *o = w->c->new_object;

	buf_puts(&w->b, o->sql.text);
	say(w);
	if (!object_traits(o->kind)->word && !o->drop)
		return;
	ddl_drop_object(&w->b, D, o);
	say_undo(w);
}

void
postgres_write_drop_object(struct writing *w)
{
	const struct object *o = w->c->old_object;

	if (object_traits(o->kind)->word || o->drop) {
		ddl_drop_object(&w->b, D, o);
		say(w);
	} else if (!w->c->mate && !went_with_its_object(w, o)) {
		w->ok = err_fail(w->err,
		    "nothing takes this back: %s; say what is to be instead",
		    o->sql.text);
		return;
	}
	buf_puts(&w->b, o->sql.text);
	say_undo(w);
}

static void
replace(struct writing *w, struct names *to, const struct object *o)
{
	const char *text = o->sql.text;

	if (object_traits(o->kind)->word && text_starts(text, "CREATE "))
		buf_fmt(
		    &w->b, "CREATE OR REPLACE %s", text + strlen("CREATE "));
	else
		buf_puts(&w->b, text);
	plan_say(w->p, to, &w->b);
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
