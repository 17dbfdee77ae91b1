/* object - views, triggers, functions and the like, which are text
 *
 * What a text mentions is found by its words alone. That errs to the side of
 * dropping and making again, which loses nothing: most objects are only their
 * definition. One that holds something is never touched for the sake of
 * another.
 */
#include "diff/pass.h"

#include "base/text.h"
#include "sql/define.h"
#include "sql/key.h"
#include "sql/lang.h"
#include "sql/lex.h"

const char *
words_fold(struct arena *a, const char *s)
{
	char *copy = arena_strdup(a, s);

	for (char *p = copy; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	return copy;
}

static void
file_names(struct pass *p, struct map *to, const char *text, bool inside)
{
	struct names all = { 0 };

	sql_said_names(p->a, p->dialect, text, inside, &all);
	for (size_t i = 0; i < all.n; i++)
		map_put(p->a, to, all.v[i], p);
}

static void
file_expr(struct pass *p, struct map *to, const struct expr *e)
{
	if (e->text)
		file_names(p, to, e->text, true);
}

static void
file_parts(struct pass *p, struct map *to, const struct parts *parts)
{
	for (size_t i = 0; i < parts->n; i++) {
		file_expr(p, to, &parts->v[i].expr);
		if (parts->v[i].opclass)
			file_names(p, to, parts->v[i].opclass, false);
		if (parts->v[i].collation)
			file_names(p, to, parts->v[i].collation, false);
	}
}

struct map *
table_words(struct pass *p, const struct table *t)
{
	const char *key = arena_fmt(p->a, "%p", (const void *)t);
	struct map *m = map_get(&p->table_words, key);

	if (m)
		return m;
	m = arena_new(p->a, struct map);
	map_put(p->a, &p->table_words, key, m);
	for (size_t i = 0; i < t->columns.n; i++) {
		const struct column *c = t->columns.v[i];

		if (c->type)
			file_names(p, m, c->type, false);
		if (c->collation)
			file_names(p, m, c->collation, false);
		file_expr(p, m, &c->default_value);
		file_expr(p, m, &c->generated);
	}
	for (size_t i = 0; i < t->constraints.n; i++) {
		file_expr(p, m, &t->constraints.v[i]->check);
		file_expr(p, m, &constraint_more(t->constraints.v[i])->where);
		file_parts(p, m, &t->constraints.v[i]->parts);
	}
	for (size_t i = 0; i < t->indexes.n; i++) {
		file_expr(p, m, &t->indexes.v[i]->where);
		file_parts(p, m, &t->indexes.v[i]->parts);
	}
	file_expr(p, m, &t->partition_by);
	return m;
}

/* Files what may be said of a table, and finds an asterisk. */
static void
file_reads(struct pass *p, struct words *w, const char *text)
{
	const char *home = sql_lang(p->dialect)->home, *of = NULL;
	bool point = false, as = false, opens = false;
	struct lexer l;
	struct token t;

	lex_init(&l, p->dialect, text, strlen(text));
	while (lex_next(&l, &t)) {
		const char *name = NULL;

		/* count(*) names no column */
		w->star |= token_is(&t, "*") && !opens;
		opens = token_is(&t, "(");
		if (token_names(&t)) {
			name = words_fold(
			    p->a, sql_unquote(p->a, p->dialect, t.at, t.len));
			if (point && of && home && strcmp(of, home) != 0)
				map_put(p->a, &w->read,
				    arena_fmt(p->a, "%s.%s", of, name), p);
			else if (!as)
				map_put(p->a, &w->read, name, p);
		}
		as = token_is(&t, "as");
		point = token_is(&t, ".");
		if (!point)
			of = name;
	}
	lex_release(&l);
}

/* A function, or what reads: there words of SQL, columns and others are called
 * as functions are ("is", "name"), but do not stand before a parenthesis. */
static bool
is_query(enum object_kind kind)
{
	return kind == OBJECT_FUNCTION || kind == OBJECT_PROCEDURE ||
	       kind == OBJECT_VIEW || kind == OBJECT_MATERIALIZED_VIEW;
}

/* In a text that defines a function the first is its own name. */
static void
file_calls(struct pass *p, struct words *w, const struct object *o)
{
	struct names all = { 0 };
	size_t i = 0;

	sql_called_names(p->a, p->dialect, o->sql.text, &all);
	if (all.n && !strcmp(all.v[0], words_fold(p->a, o->name)))
		i++;
	for (; i < all.n; i++)
		map_put(p->a, &w->called, all.v[i], p);
}

static struct words
read_words(struct pass *p, const struct object *o)
{
	struct words w = { .object = o };

	file_names(p, &w.names, o->sql.text, false);
	file_names(p, &w.inside, o->sql.text, true);
	file_reads(p, &w, o->sql.text);
	if (is_query(o->kind))
		file_calls(p, &w, o);
	return w;
}

bool
words_mention(struct pass *p, const struct words *w, const char *name)
{
	return map_get(&w->names, words_fold(p->a, name)) != NULL;
}

bool
words_mention_column(struct pass *p, const struct words *w, const char *name)
{
	return w->star || words_mention(p, w, name);
}

bool
words_mention_table(
    struct pass *p, const struct words *w, const struct table *t)
{
	if (words_mention(p, w, t->name))
		return true;
	for (size_t i = 0; i < t->partitions.n; i++)
		if (words_mention(p, w, t->partitions.v[i].name))
			return true;
	return false;
}

/* A view may be called as a column is. */
static bool
reads(struct pass *p, const struct words *w, const struct object *o)
{
	const char *name = words_fold(p->a, o->name),
		   *whole = o->schema ? arena_fmt(p->a, "%s.%s",
					    words_fold(p->a, o->schema), name)
				      : name;

	return map_get(&w->read, whole) ||
	       (map_get(&w->inside, name) && !map_get(&w->names, name));
}

/* Only a statement speaks of a policy or a trigger, and it says where. */
bool
words_mention_object(
    struct pass *p, const struct words *w, const struct object *o)
{
	const char *about = w->object->table;

	if (object_traits(o->kind)->unnamed &&
	    (object_traits(w->object->kind)->word || !about ||
		(!schema_same_name(p->dialect, about, o->table) &&
		    !schema_same_name(p->dialect, about, o->name))))
		return false;
	if (o->kind == OBJECT_VIEW || o->kind == OBJECT_MATERIALIZED_VIEW)
		return reads(p, w, o);
	if (object_traits(o->kind)->signature && is_query(w->object->kind))
		return map_get(&w->called, words_fold(p->a, o->name)) != NULL;
	return map_get(&w->inside, words_fold(p->a, o->name)) != NULL;
}

/* Not sql_mentions: in INSERT INTO posts (title) the table looks like a
 * function. */
bool
object_mentions(enum dialect d, const struct object *o, const char *name)
{
	return sql_says(d, o->sql.text, name);
}

static struct words *
read_all(struct pass *p, const struct objects *objects)
{
	struct words *all = arena_array(p->a, struct words, objects->n);

	for (size_t i = 0; i < objects->n; i++)
		all[i] = read_words(p, objects->v[i]);
	return all;
}

static bool
is_of_type(const struct column *c, const char *enum_type)
{
	return c->enum_type && !strcmp(c->enum_type, enum_type);
}

/* Is the column of the type, or computed of one that is? */
static bool
follows_type(struct pass *p, const struct table *t, const struct column *c,
    const char *enum_type)
{
	if (is_of_type(c, enum_type))
		return true;
	for (size_t i = 0; c->generated.text && i < t->columns.n; i++)
		if (is_of_type(t->columns.v[i], enum_type) &&
		    sql_mentions(
			p->dialect, c->generated.text, t->columns.v[i]->name))
			return true;
	return false;
}

/* A type that takes another's place: what mentions a column of it is in the
 * way. */
bool
words_retyped(struct pass *p, const struct words *w, const struct change *c)
{
	if (c->kind != CHANGE_ALTER_ENUM ||
	    enum_grows(c->old_enum, c->new_enum))
		return false;
	if (words_mention(p, w, c->old_enum->name))
		return true;
	for (size_t i = 0; i < p->now->tables.n; i++) {
		const struct table *t = p->now->tables.v[i];

		if (!words_mention(p, w, t->name))
			continue;
		for (size_t k = 0; k < t->columns.n; k++)
			if (follows_type(
				p, t, t->columns.v[k], c->new_enum->name) &&
			    words_mention_column(p, w, t->columns.v[k]->name))
				return true;
	}
	return false;
}

/* A column that is computed of it is made again with it. */
bool
words_mention_changed(
    struct pass *p, const struct words *w, const struct change *c)
{
	const char *name = c->old_column->name;

	if (!words_mention_table(p, w, c->old_table))
		return false;
	if (words_mention_column(p, w, name))
		return true;
	for (size_t i = 0; i < c->old_table->columns.n; i++) {
		const struct column *o = c->old_table->columns.v[i];

		if (p->ops->views_pin_columns && o->generated.text &&
		    sql_mentions(p->dialect, o->generated.text, name) &&
		    words_mention_column(p, w, o->name))
			return true;
	}
	return false;
}

/* A view that shows columns which follow from the key that it groups by leans
 * on that key. */
bool
words_group_by(struct pass *p, const struct words *w, const struct change *c)
{
	bool drops = c->kind == CHANGE_DROP_CONSTRAINT;
	const struct constraint *k =
	    drops ? c->now_constraint : c->new_constraint;

	return (drops || c->kind == CHANGE_ADD_CONSTRAINT) &&
	       k->kind == CONSTRAINT_PRIMARY_KEY && is_query(w->object->kind) &&
	       strstr(w->object->sql.key, "group by") &&
	       words_mention_table(p, w, drops ? c->now_table : c->new_table);
}

/* Does a view, say, come that has the name of the table that goes? */
static bool
is_succeeded(const struct pass *p, const struct table *t)
{
	for (size_t i = 0; i < p->to->objects.n; i++) {
		const struct object *o = p->to->objects.v[i];

		if (object_traits(o->kind)->relation &&
		    schema_same_name(p->dialect, o->schema, t->schema) &&
		    schema_same_name(p->dialect, o->name, t->name))
			return true;
	}
	return false;
}

/* Does the change leave the object's text behind, or is it forbidden as long
 * as the object stands? */
static bool
disturbs(struct pass *p, const struct change *c, const struct words *w)
{
	switch (c->kind) {
	case CHANGE_RENAME_TABLE:
		return words_mention(p, w, c->old_table->name);
	case CHANGE_DROP_TABLE:
		return (c->mate && comment_comes_with(p, w->object, c)) ||
		       (words_mention_table(p, w, c->old_table) &&
			   (c->mate || is_succeeded(p, c->old_table)));
	case CHANGE_DROP_CONSTRAINT:
		return comment_comes_with(p, w->object, c) ||
		       words_group_by(p, w, c);
	case CHANGE_DROP_INDEX:
	case CHANGE_DROP_PARTITION:
		return comment_comes_with(p, w->object, c);
	case CHANGE_RENAME_COLUMN:
		return words_mention(p, w, c->old_table->name) &&
		       words_mention(p, w, c->old_column->name);
	case CHANGE_COLUMN_TYPE:
	case CHANGE_COLUMN_COLLATION:
	case CHANGE_COLUMN_GENERATED:
		return p->ops->views_pin_columns &&
		       words_mention_changed(p, w, c);
	case CHANGE_ADD_COLUMN:
	case CHANGE_DROP_COLUMN:
		/* the server knows by name what the asterisk was */
		return p->ops->views_pin_columns && w->star &&
		       words_mention(p, w, c->new_table->name);
	case CHANGE_ALTER_ENUM:
		return words_retyped(p, w, c);
	case CHANGE_DROP_ENUM:
		return words_mention(p, w, c->old_enum->name) &&
		       enum_is_succeeded(p, c->old_enum);
	default:
		return false;
	}
}

/* What becomes of the objects that are there. */
struct fates {
	const struct object **new; /* what each should be, NULL: gone */
	bool *moves;               /* it is dropped, or made again */
	bool *replaced;            /* in its place */
	bool *noted, *aside; /* a function: what calls it is made again, and it
				waits for that */
};

static bool
must_move(struct pass *p, const struct fates *f, size_t at)
{
	const struct words *w = &p->old_words[at];

	if (object_traits(w->object->kind)->holds)
		return false;
	for (size_t i = 0; i < p->diff->changes.n; i++)
		if (disturbs(p, p->diff->changes.v[i], w) ||
		    attach_disturbs(p, p->diff->changes.v[i], w->object))
			return true;
	if (attach_moves(p, w->object, f->moves))
		return true;
	for (size_t i = 0; i < p->from->objects.n; i++)
		if (i != at && f->moves[i] &&
		    words_mention_object(p, w, p->from->objects.v[i]))
			return true;
	return false;
}

static bool
object_equal(enum dialect d, const struct object *a, const struct object *b)
{
	return schema_same_name(d, a->table, b->table) &&
	       expr_equal(&a->sql, &b->sql);
}

/* Of a collation and a range type no ALTER changes what they are. */
static bool
is_fixed(const struct object *o)
{
	return o->kind == OBJECT_COLLATION || type_is_range(o);
}

/* Can another text be reached without dropping what stands on it? */
static bool
can_replace(
    const struct pass *p, const struct object *now, const struct object *new)
{
	const struct object_traits *t = object_traits(now->kind);

	if (t->alters)
		return !is_fixed(now) && !is_fixed(new) && !type_moves(p, now);
	return t->replaces && (!now->header || !new->header ||
				  !strcmp(now->header, new->header));
}

/* A sequence is let go of before the table or column that owns it goes, for it
 * would go along. */
static bool
loses_owner(struct pass *p, size_t at)
{
	const struct words *w = &p->old_words[at];
	const char *drop = w->object->drop;

	if (!drop || !strstr(drop, " OWNED BY NONE"))
		return false;
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		const struct change *c = p->diff->changes.v[i];

		if ((c->kind == CHANGE_DROP_TABLE ||
			c->kind == CHANGE_DROP_COLUMN) &&
		    words_mention_table(p, w, c->old_table))
			return true;
	}
	return false;
}

/* What tables call of a function that moves is made again, which may disturb
 * other objects. */
static void
note_calls(struct pass *p, struct fates *f)
{
	for (size_t i = 0; i < p->from->objects.n; i++) {
		const struct words *w = &p->old_words[i];

		if (!f->moves[i] || f->noted[i] ||
		    !object_traits(w->object->kind)->signature)
			continue;
		f->noted[i] = true;
		f->aside[i] = pass_called(p, w, f->new[i] != NULL);
	}
}

static void
find_fates(struct pass *p, struct fates *f)
{
	bool more = true;

	for (size_t i = 0; i < p->from->objects.n; i++) {
		const struct object *now = p->now->objects.v[i];

		f->new[i] = schema_object_like(p->to, now);
		f->moves[i] = !f->new[i] ||
			      !object_equal(p->dialect, now, f->new[i]) ||
			      type_moves(p, now);
		f->replaced[i] = f->new[i] && f->moves[i] &&
				 can_replace(p, now, f->new[i]) &&
				 !loses_owner(p, i);
		f->moves[i] &= !f->replaced[i];
	}
	pass_grants(p, f->moves, f->replaced);
	while (more) {
		more = false;
		note_calls(p, f);
		for (size_t i = 0; i < p->from->objects.n; i++) {
			if (f->moves[i] || !must_move(p, f, i))
				continue;
			f->moves[i] = more = true;
			f->replaced[i] = false;
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

static void
note_replace(struct pass *p, size_t at, const struct object *new)
{
	struct change *c = pass_add(p, CHANGE_REPLACE_OBJECT);

	c->old_object = p->from->objects.v[at];
	c->new_object = new;
	c->source = new->source;
}

void
pass_objects(struct pass *p)
{
	size_t n = p->from->objects.n;
	struct fates f = { arena_array(p->a, const struct object *, n),
		arena_array(p->a, bool, n), arena_array(p->a, bool, n),
		arena_array(p->a, bool, n), arena_array(p->a, bool, n) };
	struct change **drops = arena_array(p->a, struct change *, n);

	p->old_words = read_all(p, &p->from->objects);
	p->new_words = read_all(p, &p->to->objects);
	find_fates(p, &f);
	for (size_t i = 0; i < n; i++) {
		struct change *drop, *create;

		if (f.replaced[i])
			note_replace(p, i, f.new[i]);
		if (!f.moves[i])
			continue;
		drop = drops[i] = note_drop(p, i);
		if (!f.new[i])
			continue;
		create = note_create(p, f.new[i]);
		drop->source = create->source;
		pass_mates(drop, create);
	}
	for (size_t i = 0; i < p->to->objects.n; i++) {
		const struct object *o = p->to->objects.v[i];

		if (!schema_object_like(p->now, o) && !pass_is_attached(p, o))
			note_create(p, o);
	}
	for (size_t i = 0; i < n; i++)
		if (drops[i] && f.aside[i])
			pass_aside(p, drops[i]);
}
