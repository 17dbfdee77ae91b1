/* postgres_spell_ddl - temporary tables that have what is asked of them
 *
 * A temporary thing is found before any other of its name, so that the texts
 * can stay as they are. What is said with a schema would miss it: such a name
 * becomes one in quotes with a point in it, which nobody else has, and is taken
 * back out of the answer.
 */
#include "introspect/postgres_spell.h"

#include <string.h>

#include "base/text.h"
#include "sql/define.h"
#include "sql/key.h"
#include "sql/quote.h"

#define D DIALECT_POSTGRES

bool
scratch_is_one(const char *text)
{
	struct lexer l;
	struct token t;
	int depth = 0;
	bool ok = true;
	size_t n = 0;

	lex_init(&l, D, text, strlen(text));
	for (; ok && lex_next(&l, &t); n++) {
		depth += token_is(&t, "(") - token_is(&t, ")");
		ok = depth >= 0 && !token_is(&t, ";") && t.kind != TOKEN_BAD &&
		     t.kind != TOKEN_META && t.kind != TOKEN_PARAM;
	}
	lex_release(&l);
	return ok && n && !depth;
}

/* -- names with a schema -------------------------------------------------- */

static const char *
marked(struct scratch_ddl *d, const char *schema, const char *name)
{
	return map_get(&d->marks,
	    arena_fmt(d->a, "%s.%s", schema ? schema : "public", name));
}

/* Adds the text with the names of types that are temporary here. */
static void
put(struct scratch_ddl *d, struct buf *b, const char *text)
{
	const char *kept = text;
	struct token t[3] = { 0 };
	struct lexer l;

	lex_init(&l, D, text, d->marks.n ? strlen(text) : 0);
	while (lex_next(&l, &t[2])) {
		const char *mark = NULL;

		if (t[0].at && token_names(&t[0]) && token_is(&t[1], ".") &&
		    token_names(&t[2]))
			mark =
			    marked(d, sql_unquote(d->a, D, t[0].at, t[0].len),
				sql_unquote(d->a, D, t[2].at, t[2].len));
		if (mark) {
			buf_add(b, kept, (size_t)(t[0].at - kept));
			sql_ident(b, D, mark);
			kept = t[2].at + t[2].len;
		}
		t[0] = t[1];
		t[1] = t[2];
	}
	lex_release(&l);
	buf_puts(b, kept);
}

/* Returns the text with "app.mood" as it is called outside; the tokens of a key
 * have spaces between them. */
static const char *
unmarked(struct scratch_ddl *d, const char *text, const char *dot)
{
	struct buf b = { 0 }, quoted = { 0 };

	for (size_t i = 0; text && i < d->marks.cap; i++) {
		const char *mark = d->marks.slots[i].value, *at, *point;

		if (!mark || !(point = strchr(mark, '.')))
			continue;
		sql_ident(&quoted, D, mark);
		while ((at = strstr(text, buf_str(&quoted)))) {
			buf_add(&b, text, (size_t)(at - text));
			sql_ident(&b, D,
			    arena_strndup(d->a, mark, (size_t)(point - mark)));
			buf_puts(&b, dot);
			sql_ident(&b, D, point + 1);
			buf_puts(&b, at + quoted.len);
			text = arena_strdup(d->a, buf_str(&b));
			buf_cut(&b, 0);
		}
		buf_cut(&quoted, 0);
	}
	buf_release(&b);
	buf_release(&quoted);
	return text;
}

static void
unmark_spot(void *arg, struct spot *s)
{
	struct scratch_ddl *d = arg;

	if (s->word)
		*s->word = unmarked(d, *s->word, ".");
	else
		s->expr->key = unmarked(d, s->expr->key, " . ");
}

void
scratch_unmark(struct scratch_ddl *d, struct table *spelt)
{
	if (d->marks.n)
		spots_walk(spelt, NULL, unmark_spot, d);
}

/* -- types and sequences that only the plan makes -------------------------- */

static void
say_of(struct scratch_ddl *d, struct buf *b, const char *column)
{
	vec_push(d->a, &d->out, arena_strndup(d->a, buf_str(b), b->len));
	vec_push(d->a, &d->alters, column);
	buf_cut(b, 0);
}

static void
say(struct scratch_ddl *d, struct buf *b)
{
	say_of(d, b, NULL);
}

/* Adds the temporary name; one with a schema is marked. */
static void
put_made(
    struct scratch_ddl *d, struct buf *b, const char *schema, const char *name)
{
	const char *full =
	    arena_fmt(d->a, "%s.%s", schema ? schema : "public", name);
	const char *mark = schema ? full : name;

	map_put(d->a, &d->marks, full, (void *)(size_t)mark);
	buf_puts(b, "pg_temp.");
	sql_ident(b, D, mark);
}

static bool
enum_is_there(const struct schema *current, const struct enum_type *e)
{
	const struct enum_type *o = schema_enum(current, e->schema, e->name);

	for (size_t i = 0; o && i < e->labels.n; i++)
		if (i >= o->labels.n || strcmp(e->labels.v[i], o->labels.v[i]))
			return false;
	return o != NULL;
}

static void
make_enum(struct scratch_ddl *d, const struct enum_type *e)
{
	struct buf b = { 0 };

	buf_puts(&b, "CREATE TYPE ");
	put_made(d, &b, e->schema, e->name);
	buf_puts(&b, " AS ENUM (");
	for (size_t i = 0; i < e->labels.n; i++) {
		buf_puts(&b, i ? ", " : "");
		sql_literal(&b, D, e->labels.v[i]);
	}
	buf_putc(&b, ')');
	say(d, &b);
	buf_release(&b);
}

/* What makes it, behind its name. */
static const char *
rest_of(struct scratch_ddl *d, const struct object *o)
{
	struct statement s = { .text = o->sql.text,
		.len = strlen(o->sql.text) };
	struct definition found;
	const char *why;

	return sql_define(
		   d->a, D, &s, object_traits(o->kind)->word, &found, &why) &&
		       (!*found.rest || scratch_is_one(found.rest))
		   ? found.rest
		   : NULL;
}

static void
make_object(struct scratch_ddl *d, const struct object *o)
{
	struct buf b = { 0 };
	const char *rest = rest_of(d, o);

	if (!rest)
		return;
	buf_fmt(&b, "CREATE %s ", object_traits(o->kind)->word);
	put_made(d, &b, o->schema, o->name);
	/* only its name counts, and its owner is no temporary column */
	if (o->kind != OBJECT_SEQUENCE) {
		buf_putc(&b, ' ');
		put(d, &b, rest);
	}
	say(d, &b);
	buf_release(&b);
}

/* A type that is there, but will be another, spells what is of it so. */
static bool
object_is_there(const struct schema *current, const struct object *o)
{
	const struct object *is = schema_object_like(current, o);

	return is &&
	       (o->kind == OBJECT_SEQUENCE || expr_equal(&is->sql, &o->sql));
}

void
scratch_types(struct scratch_ddl *d, const struct schema *declared,
    const struct schema *current)
{
	for (size_t i = 0; i < declared->enums.n; i++)
		if (!enum_is_there(current, declared->enums.v[i]))
			make_enum(d, declared->enums.v[i]);
	for (size_t i = 0; i < declared->objects.n; i++) {
		const struct object *o = declared->objects.v[i];

		if ((o->kind == OBJECT_TYPE || o->kind == OBJECT_DOMAIN ||
			o->kind == OBJECT_SEQUENCE) &&
		    !object_is_there(current, o))
			make_object(d, o);
	}
}

/* -- tables --------------------------------------------------------------- */

/* What of the table is asked, by spots_walk. */
struct wanted {
	struct arena *a;
	const struct asked *asked;
	struct map of; /* "d" and a column, "k" and a constraint or an index */
};

static const char groups[] = {
	[SPOT_TYPE] = 't',
	[SPOT_DEFAULT] = 'd',
	[SPOT_GENERATED] = 'd',
	[SPOT_CHECK] = 'k',
	[SPOT_WHERE] = 'k',
	[SPOT_PART] = 'k',
	[SPOT_OPCLASS] = 'k',
	[SPOT_COLLATION] = 'k',
	[SPOT_OPERATOR] = 'k',
	[SPOT_PARAMETERS] = 'k',
	[SPOT_PARTITION_BY] = 'p',
	[SPOT_BOUND] = 'p',
};

static void
want(void *arg, struct spot *s)
{
	struct wanted *w = arg;

	if (asked_find(w->asked, s))
		map_put(w->a, &w->of,
		    arena_fmt(w->a, "%c%s", groups[s->kind],
			groups[s->kind] == 'p' || !s->of ? "" : s->of),
		    w);
}

static bool
is_wanted(struct wanted *w, char group, const char *of)
{
	return map_get(&w->of, arena_fmt(w->a, "%c%s", group, of ? of : ""));
}

static void
put_collation(struct buf *b, const char *collation)
{
	buf_puts(b, " COLLATE ");
	if (*collation == '"')
		buf_puts(b, collation);
	else
		sql_ident(b, D, collation);
}

static bool
put_column(struct scratch_ddl *d, struct buf *b, const struct column *c)
{
	if (!scratch_is_one(c->type))
		return false;
	sql_ident(b, D, c->name);
	buf_putc(b, ' ');
	put(d, b, c->type);
	if (c->collation)
		put_collation(b, c->collation);
	return true;
}

/* The line's end ends a comment that the text may end in. */
static bool
put_expr(struct scratch_ddl *d, struct buf *b, const struct expr *e)
{
	if (!scratch_is_one(e->text))
		return false;
	buf_putc(b, '(');
	put(d, b, e->text);
	buf_puts(b, "\n)");
	return true;
}

static void
put_table(struct buf *b, const struct table *t)
{
	buf_puts(b, "pg_temp.");
	sql_ident(b, D, t->name);
}

static bool
put_key(struct scratch_ddl *d, struct buf *b, const struct table *t)
{
	if (!scratch_is_one(t->partition_by.text))
		return false;
	buf_puts(b, " PARTITION BY ");
	put(d, b, t->partition_by.text);
	buf_putc(b, '\n');
	return true;
}

static bool
put_part(struct scratch_ddl *d, struct buf *b, const struct part *p)
{
	const char *words[] = { p->opclass, p->with };

	if (p->column)
		sql_ident(b, D, p->column);
	else if (!put_expr(d, b, &p->expr))
		return false;
	if (p->collation)
		put_collation(b, p->collation);
	for (int i = 0; i < 2; i++) {
		if (!words[i])
			continue;
		if (!scratch_is_one(words[i]))
			return false;
		buf_fmt(b, i ? " WITH %s" : " %s", words[i]);
	}
	return true;
}

static bool
put_parts(struct scratch_ddl *d, struct buf *b, const struct parts *parts,
    const char *method)
{
	buf_puts(b, "USING ");
	sql_ident(b, D, method ? method : "btree");
	for (size_t i = 0; i < parts->n; i++) {
		buf_puts(b, i ? ", " : " (");
		if (!put_part(d, b, &parts->v[i]))
			return false;
	}
	buf_putc(b, ')');
	return true;
}

static bool
put_where(struct scratch_ddl *d, struct buf *b, const struct expr *where)
{
	if (!where->text)
		return true;
	buf_puts(b, " WHERE ");
	return put_expr(d, b, where);
}

static bool
put_constraint(struct scratch_ddl *d, struct buf *b, const struct constraint *c)
{
	buf_puts(b, "ADD CONSTRAINT ");
	sql_ident(b, D, c->name);
	if (c->kind == CONSTRAINT_CHECK) {
		buf_puts(b, " CHECK ");
		return put_expr(d, b, &c->check);
	}
	buf_puts(b, " EXCLUDE ");
	return put_parts(d, b, &c->parts,
		   constraint_more(c)->method ? constraint_more(c)->method
					      : "gist") &&
	       put_where(d, b, &constraint_more(c)->where);
}

static bool
put_index(struct scratch_ddl *d, struct buf *b, const struct table *t,
    const struct index *x)
{
	buf_puts(b, "CREATE INDEX ");
	sql_ident(b, D, x->name);
	buf_puts(b, " ON ");
	put_table(b, t);
	buf_putc(b, ' ');
	if (!put_parts(d, b, &x->parts, x->method))
		return false;
	if (x->with && !scratch_is_one(x->with))
		return false;
	if (x->with)
		buf_fmt(b, " WITH (%s)", x->with);
	return put_where(d, b, &x->where);
}

static bool
put_bound(struct scratch_ddl *d, struct buf *b, const struct table *t,
    const struct partition *p)
{
	if (!scratch_is_one(p->bound.text))
		return false;
	buf_puts(b, "CREATE TEMP TABLE ");
	sql_ident(b, D, p->name);
	buf_puts(b, " PARTITION OF ");
	put_table(b, t);
	if (!text_same_nocase(p->bound.text, "DEFAULT"))
		buf_puts(b, " FOR VALUES");
	buf_putc(b, ' ');
	put(d, b, p->bound.text);
	return true;
}

static bool
put_default(struct scratch_ddl *d, struct buf *b, const struct column *c)
{
	if (c->generated.text) {
		buf_puts(b, "DROP COLUMN ");
		sql_ident(b, D, c->name);
		buf_puts(b, ", ADD COLUMN ");
		if (!put_column(d, b, c))
			return false;
		buf_puts(b, " GENERATED ALWAYS AS ");
		if (!put_expr(d, b, &c->generated))
			return false;
		buf_puts(b, " STORED");
		return true;
	}
	buf_puts(b, "ALTER COLUMN ");
	sql_ident(b, D, c->name);
	buf_puts(b, " SET DEFAULT ");
	return put_expr(d, b, &c->default_value);
}

static void
say_if(struct scratch_ddl *d, struct buf *b, bool ok)
{
	if (ok)
		say(d, b);
	buf_cut(b, 0);
}

static void
alter(struct buf *b, const struct table *t)
{
	buf_puts(b, "ALTER TABLE ");
	put_table(b, t);
	buf_putc(b, ' ');
}

static void
say_table(struct scratch_ddl *d, struct buf *b, const struct table *t, bool key)
{
	bool first = true;

	buf_puts(b, "CREATE TEMP TABLE ");
	sql_ident(b, D, t->name);
	buf_puts(b, " (");
	for (size_t i = 0; i < t->columns.n; i++) {
		size_t at = b->len;

		buf_puts(b, first ? "" : ", ");
		if (put_column(d, b, t->columns.v[i]))
			first = false;
		else
			buf_cut(b, at);
	}
	buf_putc(b, ')');
	say_if(d, b, !key || put_key(d, b, t));
}

static void
say_defaults(struct scratch_ddl *d, struct buf *b, struct wanted *w)
{
	const struct table *t = w->asked->table;

	for (size_t i = 0; i < t->columns.n; i++) {
		const struct column *c = t->columns.v[i];

		if (!is_wanted(w, 'd', c->name))
			continue;
		alter(b, t);
		if (put_default(d, b, c))
			say_of(d, b, c->name);
		else
			vec_push(d->a, &d->failed, c->name);
		buf_cut(b, 0);
	}
}

static void
say_keys(struct scratch_ddl *d, struct buf *b, struct wanted *w)
{
	const struct table *t = w->asked->table;

	for (size_t i = 0; i < t->constraints.n; i++) {
		const struct constraint *c = t->constraints.v[i];

		if (!c->name || !is_wanted(w, 'k', c->name) ||
		    (c->kind != CONSTRAINT_CHECK &&
			c->kind != CONSTRAINT_EXCLUDE))
			continue;
		alter(b, t);
		say_if(d, b, put_constraint(d, b, c));
	}
	for (size_t i = 0; i < t->indexes.n; i++)
		if (is_wanted(w, 'k', t->indexes.v[i]->name))
			say_if(d, b, put_index(d, b, t, t->indexes.v[i]));
}

static void
begin(struct scratch_ddl *d, const struct asked *x, struct wanted *w)
{
	*w = (struct wanted){ .a = d->a, .asked = x };
	d->out = (struct names){ 0 };
	d->alters = (struct names){ 0 };
	d->failed = (struct names){ 0 };
	spots_walk(x->table, NULL, want, w);
}

void
scratch_table(struct scratch_ddl *d, const struct asked *x)
{
	const struct table *t = x->table;
	struct wanted w;
	struct buf b = { 0 };
	bool key;

	begin(d, x, &w);
	key = t->partition_by.text && is_wanted(&w, 'p', NULL);
	say_table(d, &b, t, key);
	for (size_t i = 0; key && i < t->partitions.n; i++)
		say_if(d, &b, put_bound(d, &b, t, &t->partitions.v[i]));
	say_defaults(d, &b, &w);
	say_keys(d, &b, &w);
	buf_release(&b);
}

void
scratch_columns(struct scratch_ddl *d, const struct asked *x)
{
	struct table bare = *x->table;
	struct wanted w;
	struct buf b = { 0 };

	begin(d, x, &w);
	bare.columns.n = 0;
	say_table(d, &b, &bare, false);
	for (size_t i = 0; i < x->table->columns.n; i++) {
		alter(&b, x->table);
		buf_puts(&b, "ADD COLUMN ");
		say_if(d, &b, put_column(d, &b, x->table->columns.v[i]));
	}
	say_defaults(d, &b, &w);
	say_keys(d, &b, &w);
	buf_release(&b);
}
