/* object - views, triggers and virtual tables, which are text
 *
 * What a text mentions is found by its words alone. That errs to the side of
 * dropping and making again, which loses nothing: an object here is only its
 * definition. A virtual table is not, so it is never touched for the sake of
 * another.
 */
#include "diff/pass.h"

#include "sql/key.h"
#include "sql/lex.h"

static const char *
lower(struct arena *a, const char *s)
{
	char *copy = arena_strdup(a, s);

	for (char *p = copy; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	return copy;
}

static struct words
read_words(struct pass *p, const struct object *o)
{
	struct words w = { .object = o };
	struct lexer l;
	struct token t;

	lex_init(&l, p->dialect, o->sql.text, strlen(o->sql.text));
	while (lex_next(&l, &t)) {
		if (token_is(&t, "*"))
			w.star = true;
		if (!token_names(&t))
			continue;
		map_put(p->a, &w.names,
		    lower(p->a, sql_unquote(p->a, p->dialect, t.at, t.len)), p);
	}
	lex_release(&l);
	return w;
}

bool
words_mention(struct pass *p, const struct words *w, const char *name)
{
	return map_get(&w->names, lower(p->a, name)) != NULL;
}

bool
words_mention_column(struct pass *p, const struct words *w, const char *name)
{
	return w->star || words_mention(p, w, name);
}

/* Not sql_mentions: in INSERT INTO posts (title) the table looks like a
 * function. */
bool
object_mentions(enum dialect d, const struct object *o, const char *name)
{
	struct arena mem = { 0 };
	struct lexer l;
	struct token t;
	bool found = false;

	lex_init(&l, d, o->sql.text, strlen(o->sql.text));
	while (!found && lex_next(&l, &t))
		found = token_names(&t) &&
			schema_same_name(
			    d, sql_unquote(&mem, d, t.at, t.len), name);
	lex_release(&l);
	arena_release(&mem);
	return found;
}

static struct words *
read_all(struct pass *p, const struct objects *objects)
{
	struct words *all = arena_array(p->a, struct words, objects->n);

	for (size_t i = 0; i < objects->n; i++)
		all[i] = read_words(p, objects->v[i]);
	return all;
}

/* Does the change leave the object's text behind, or is it forbidden as long
 * as the object stands? */
static bool
disturbs(struct pass *p, const struct change *c, const struct words *w)
{
	switch (c->kind) {
	case CHANGE_RENAME_TABLE:
		return words_mention(p, w, c->old_table->name);
	case CHANGE_RENAME_COLUMN:
		return words_mention(p, w, c->old_table->name) &&
		       words_mention(p, w, c->old_column->name);
	case CHANGE_COLUMN_TYPE:
	case CHANGE_COLUMN_COLLATION:
	case CHANGE_COLUMN_GENERATED:
		return p->ops->views_pin_columns &&
		       words_mention(p, w, c->old_table->name) &&
		       words_mention_column(p, w, c->old_column->name);
	default:
		return false;
	}
}

/* What becomes of the objects that are there. */
struct fates {
	const struct object **new; /* what each should be, NULL: gone */
	bool *moves;               /* it is dropped, or made again */
};

static bool
must_move(struct pass *p, const struct fates *f, size_t at)
{
	const struct words *w = &p->old_words[at];

	if (w->object->kind == OBJECT_VIRTUAL_TABLE)
		return false;
	for (size_t i = 0; i < p->diff->changes.n; i++)
		if (disturbs(p, p->diff->changes.v[i], w))
			return true;
	for (size_t i = 0; i < p->from->objects.n; i++)
		if (i != at && f->moves[i] &&
		    p->from->objects.v[i]->kind != OBJECT_TRIGGER &&
		    words_mention(p, w, p->from->objects.v[i]->name))
			return true;
	return false;
}

static bool
object_equal(enum dialect d, const struct object *a, const struct object *b)
{
	return schema_same_name(d, a->table, b->table) &&
	       expr_equal(&a->sql, &b->sql);
}

static void
find_fates(struct pass *p, struct fates *f)
{
	bool more = true;

	for (size_t i = 0; i < p->from->objects.n; i++) {
		const struct object *now = p->now->objects.v[i];

		f->new[i] =
		    schema_object(p->to, now->kind, now->schema, now->name);
		f->moves[i] =
		    !f->new[i] || !object_equal(p->dialect, now, f->new[i]);
	}
	while (more) {
		more = false;
		for (size_t i = 0; i < p->from->objects.n; i++) {
			if (f->moves[i] || !must_move(p, f, i))
				continue;
			f->moves[i] = more = true;
		}
	}
}

static struct change *
note_drop(struct pass *p, size_t at)
{
	struct change *c = pass_add(p, CHANGE_DROP_OBJECT);

	c->old_object = p->from->objects.v[at];
	c->source = c->old_object->source;
	return c;
}

static struct change *
note_create(struct pass *p, const struct object *o)
{
	struct change *c = pass_add(p, CHANGE_CREATE_OBJECT);

	c->new_object = o;
	c->source = o->source;
	return c;
}

void
pass_objects(struct pass *p)
{
	size_t n = p->from->objects.n;
	struct fates f = { arena_array(p->a, const struct object *, n),
		arena_array(p->a, bool, n) };

	p->old_words = read_all(p, &p->from->objects);
	p->new_words = read_all(p, &p->to->objects);
	find_fates(p, &f);
	for (size_t i = 0; i < n; i++) {
		struct change *drop;

		if (!f.moves[i])
			continue;
		drop = note_drop(p, i);
		if (!f.new[i])
			continue;
		drop->mate = note_create(p, f.new[i]);
		drop->mate->mate = drop;
		drop->source = drop->mate->source;
	}
	for (size_t i = 0; i < p->to->objects.n; i++) {
		const struct object *o = p->to->objects.v[i];

		if (!schema_object(p->now, o->kind, o->schema, o->name))
			note_create(p, o);
	}
}
