/* postgres_spell_spot - where a server keeps something in words of its own */
#include "introspect/postgres_spell.h"

#include <string.h>

#include "sql/key.h"
#include "sql/quote.h"

#define D DIALECT_POSTGRES

struct walk {
	struct table *table;
	const struct table *other;
	void (*see)(void *arg, struct spot *s);
	void *arg;
};

/* -- the same thing in the other table ------------------------------------ */

/* Finds by the name and, where nothing has it, by a former one. */
#define FIND(list, wanted, names_was, found)                                   \
	do {                                                                   \
		for (size_t i_ = 0; !(found) && i_ < (list)->n; i_++)          \
			if (!strcmp((list)->v[i_]->name, (wanted)))            \
				(found) = (list)->v[i_];                       \
		for (size_t w_ = (names_was)->n; !(found) && w_-- > 0;)        \
			for (size_t i_ = 0; !(found) && i_ < (list)->n; i_++)  \
				if (!strcmp((list)->v[i_]->name,               \
					(names_was)->v[w_]))                   \
					(found) = (list)->v[i_];               \
	} while (0)

static const struct column *
column_of(const struct walk *w, const struct column *c, size_t at)
{
	const struct columns *all = w->other ? &w->other->columns : NULL;
	const struct column *found = NULL;

	if (!all)
		return NULL;
	/* columns mostly stand where they stood */
	if (at < all->n && !strcmp(all->v[at]->name, c->name))
		return all->v[at];
	FIND(all, c->name, &column_more(c)->was, found);
	return found;
}

static const struct index *
index_of(const struct walk *w, const struct index *x)
{
	const struct index *found = NULL;

	if (w->other)
		FIND(&w->other->indexes, x->name, &x->was, found);
	return found;
}

static const struct constraint *
constraint_of(const struct walk *w, const struct constraint *c)
{
	const struct constraints *all =
	    w->other ? &w->other->constraints : NULL;

	for (size_t i = 0; c->name && all && i < all->n; i++)
		if (all->v[i]->name && !strcmp(all->v[i]->name, c->name) &&
		    all->v[i]->kind == c->kind)
			return all->v[i];
	return NULL;
}

struct table *
spots_table(const struct schema *other, const struct table *t)
{
	struct table *found = schema_table(other, t->schema, t->name);

	for (size_t i = t->was.n; !found && i-- > 0;)
		found = schema_table(other, t->schema, t->was.v[i]);
	return found;
}

/* -- the walk ------------------------------------------------------------- */

static const char *
key_of(const struct expr *e)
{
	return e->key ? e->key : e->text;
}

static void
see_expr(
    struct walk *w, struct spot s, struct expr *mine, const struct expr *other)
{
	if (!mine->text)
		return;
	s.table = w->table;
	s.expr = mine;
	s.met = other != NULL;
	s.other = other ? key_of(other) : NULL;
	w->see(w->arg, &s);
}

static void
see_word(
    struct walk *w, struct spot s, const char **mine, const char *const *other)
{
	if (!*mine && !(other && *other))
		return;
	s.table = w->table;
	s.word = mine;
	s.met = other != NULL;
	s.other = other ? *other : NULL;
	w->see(w->arg, &s);
}

static void
see_columns(struct walk *w, bool types)
{
	for (size_t i = 0; i < w->table->columns.n; i++) {
		struct column *c = w->table->columns.v[i];
		const struct column *o = column_of(w, c, i);
		struct spot s = { .of = c->name, .source = c->source };

		if (types) {
			s.kind = SPOT_TYPE;
			see_word(w, s, &c->type, o ? &o->type : NULL);
			continue;
		}
		s.subject = c->type;
		s.kind = SPOT_DEFAULT;
		see_expr(w, s, &c->default_value, o ? &o->default_value : NULL);
		s.kind = SPOT_GENERATED;
		see_expr(w, s, &c->generated, o ? &o->generated : NULL);
	}
}

static void
see_parts(struct walk *w, struct spot s, struct parts *parts,
    const struct parts *others, const char *method)
{
	bool met = others && others->n == parts->n;

	for (size_t i = 0; i < parts->n; i++) {
		struct part *p = &parts->v[i];
		const struct part *o = met ? &others->v[i] : NULL;
		struct spot part = s;

		part.kind = SPOT_PART;
		see_expr(w, part, &p->expr, o ? &o->expr : NULL);
		/* which are the default, type and method decide */
		part.subject = p->column ? p->column : key_of(&p->expr);
		part.kind = SPOT_COLLATION;
		see_word(w, part, &p->collation, o ? &o->collation : NULL);
		part.method = method ? method : "btree";
		part.kind = SPOT_OPCLASS;
		see_word(w, part, &p->opclass, o ? &o->opclass : NULL);
		part.kind = SPOT_OPERATOR;
		see_word(w, part, &p->with, o ? &o->with : NULL);
	}
}

static void
see_constraints(struct walk *w)
{
	for (size_t i = 0; i < w->table->constraints.n; i++) {
		struct constraint *c = w->table->constraints.v[i];
		const struct constraint *o = constraint_of(w, c);
		struct spot s = { .of = c->name, .source = c->source };

		if (c->kind == CONSTRAINT_CHECK) {
			s.kind = SPOT_CHECK;
			see_expr(w, s, &c->check, o ? &o->check : NULL);
		}
		if (c->kind != CONSTRAINT_EXCLUDE)
			continue;
		s.kind = SPOT_WHERE;
		if (c->more)
			see_expr(w, s, &c->more->where,
			    o ? &constraint_more(o)->where : NULL);
		see_parts(w, s, &c->parts, o ? &o->parts : NULL,
		    constraint_more(c)->method);
	}
}

static void
see_indexes(struct walk *w)
{
	for (size_t i = 0; i < w->table->indexes.n; i++) {
		struct index *x = w->table->indexes.v[i];
		const struct index *o = index_of(w, x);
		struct spot s = { .of = x->name, .source = x->source };

		s.kind = SPOT_WHERE;
		see_expr(w, s, &x->where, o ? &o->where : NULL);
		s.kind = SPOT_PARAMETERS;
		see_word(w, s, &x->with, o ? &o->with : NULL);
		see_parts(w, s, &x->parts, o ? &o->parts : NULL, x->method);
	}
}

static void
see_partitions(struct walk *w)
{
	struct table *t = w->table;
	struct spot s = { .of = t->name, .source = t->source };

	s.kind = SPOT_PARTITION_BY;
	see_expr(
	    w, s, &t->partition_by, w->other ? &w->other->partition_by : NULL);
	for (size_t i = 0; i < t->partitions.n; i++) {
		struct partition *p = &t->partitions.v[i];
		const struct partition *o =
		    w->other ? partition_named(&w->other->partitions, p->name)
			     : NULL;

		s.kind = SPOT_BOUND;
		s.of = p->name;
		s.source = p->source;
		/* the bound is a value of the key's type */
		s.subject = key_of(&t->partition_by);
		see_expr(w, s, &p->bound, o ? &o->bound : NULL);
	}
}

void
spots_walk(struct table *t, const struct table *other,
    void (*see)(void *arg, struct spot *s), void *arg)
{
	struct walk w = { t, other, see, arg };

	see_columns(&w, true);
	see_columns(&w, false);
	see_constraints(&w);
	see_indexes(&w);
	see_partitions(&w);
}

/* -- columns in disguise -------------------------------------------------- */

/* The server keeps an expression that is a column, perhaps with a collation, as
 * one. */
static void
take_column(struct arena *a, const struct table *t, struct part *p)
{
	static const char collate[] = " collate ";
	const char *key = p->expr.key, *at = strstr(key, collate);
	size_t n = at ? (size_t)(at - key) : strlen(key);
	const char *name = sql_unquote(a, D, key, n), *collation = NULL;

	if (at) {
		at += strlen(collate);
		if (strpbrk(at, " .") || p->collation)
			return;
		collation = sql_unquote(a, D, at, strlen(at));
	}
	for (size_t i = 0; p->expr.key && i < t->columns.n; i++) {
		if (strcmp(t->columns.v[i]->name, name) != 0)
			continue;
		p->column = name;
		p->collation = at ? collation : p->collation;
		p->expr = (struct expr){ 0 };
	}
}

static void
take_columns(struct arena *a, const struct table *t, struct parts *parts)
{
	for (size_t i = 0; i < parts->n; i++)
		if (!parts->v[i].column && parts->v[i].expr.key)
			take_column(a, t, &parts->v[i]);
}

void
spots_settle_columns(struct arena *a, struct table *t)
{
	for (size_t i = 0; i < t->constraints.n; i++)
		take_columns(a, t, &t->constraints.v[i]->parts);
	for (size_t i = 0; i < t->indexes.n; i++)
		take_columns(a, t, &t->indexes.v[i]->parts);
}

/* -- one spot ------------------------------------------------------------- */

const char *
spot_key(const struct spot *s)
{
	return s->expr ? key_of(s->expr) : *s->word;
}

bool
spot_same(const struct spot *s)
{
	const char *mine = spot_key(s);

	if (!s->met || !mine || !s->other)
		return s->met && mine == s->other;
	return !strcmp(mine, s->other);
}

void
spot_settle(struct spot *s, const char *spelt)
{
	if (s->word)
		*s->word = spelt;
	else if (!spelt)
		*s->expr = (struct expr){ 0 };
	else
		s->expr->key = spelt;
}

const char *
spot_name(struct arena *a, const struct spot *s)
{
	return arena_fmt(a, "%s%s%s.%s",
	    s->table->schema ? s->table->schema : "",
	    s->table->schema ? "." : "", s->table->name, s->of);
}

void
spelling_context_types(
    struct arena *a, struct spelling_context *c, const struct schema *declared)
{
	struct buf name = { 0 };
	struct hash h;

	hash_init(&h);
	for (size_t i = 0; i < declared->objects.n; i++) {
		struct object *o = declared->objects.v[i];

		if (o->kind != OBJECT_TYPE && o->kind != OBJECT_DOMAIN)
			continue;
		sql_qualified(&name, D, o->schema, o->name);
		map_put(a, &c->types, arena_strdup(a, buf_str(&name)), o);
		buf_cut(&name, 0);
		hash_adds(&h, o->sql.text);
	}
	hash_hex(&h, c->definitions);
	buf_release(&name);
}

/* Is the column of a type, or a list of one, that is declared, too? Such a type
 * has a say in how its values are spelt. */
static bool
is_of_declared(const struct spelling_context *c, const struct column *x)
{
	char name[2 * 64 + 6];
	size_t n = x->type ? strlen(x->type) : 0;

	if (!c->types.n || !n || n >= sizeof(name))
		return false;
	memcpy(name, x->type, n + 1);
	if (n > 2 && !strcmp(name + n - 2, "[]"))
		name[n - 2] = '\0';
	return map_get(&c->types, name) != NULL;
}

void
spelling_context_columns(struct spelling_context *c)
{
	bool declared = false;
	struct hash h;

	hash_init(&h);
	for (size_t i = 0; i < c->table->columns.n; i++) {
		const struct column *x = c->table->columns.v[i];

		hash_adds(&h, x->name);
		hash_adds(&h, x->type);
		hash_adds(&h, x->collation);
		declared |= is_of_declared(c, x);
	}
	if (declared)
		hash_adds(&h, c->definitions);
	hash_hex(&h, c->columns);
}

void
spot_hash(struct spelling_context *c, const struct spot *s, char hex[HASH_HEX])
{
	char kind[] = { (char)('a' + s->kind), '\0' };
	struct hash h;

	hash_init(&h);
	hash_adds(&h, kind);
	hash_adds(&h, c->server);
	hash_adds(&h, spot_key(s));
	if (s->kind != SPOT_TYPE) {
		if (!*c->columns)
			spelling_context_columns(c);
		hash_adds(&h, c->table->name);
		hash_adds(&h, c->columns);
		hash_adds(&h, s->subject);
		hash_adds(&h, s->method);
	}
	hash_hex(&h, hex);
}
