/* sqlite_rebuild - a table written anew, for what ALTER TABLE cannot say
 *
 * The new table is made beside the old, filled from it, and takes its name. Its
 * manual gives this order; views and triggers that mention the table are taken
 * away before, because the last rename reads them all and fails on what it
 * cannot resolve. Rowids and the counter of AUTOINCREMENT come along: other
 * tables, and programs, may hold them.
 */
#include "transpile/sqlite.h"

#include "base/text.h"
#include "sql/key.h"
#include "sql/lex.h"
#include "sql/quote.h"

#define D DIALECT_SQLITE

struct rebuild {
	struct planner *p;
	struct names *to;
	const struct table *old, *new;
	bool back;        /* it takes a rebuild back */
	const char *name; /* of the new table until the rename */
	struct buf b;
};

static void
state(struct rebuild *r)
{
	plan_say(r->p, r->to, &r->b);
}

static const struct column *
find_column(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->columns.n; i++)
		if (schema_same_name(D, t->columns.v[i]->name, name))
			return t->columns.v[i];
	return NULL;
}

/* The column that is the rowid under another name, or NULL. INTEGER PRIMARY
 * KEY DESC inside a column is not, by an old mistake that SQLite keeps. */
static const struct column *
rowid_column(const struct table *t)
{
	const struct constraint *key = table_primary_key(t);
	const struct column *c;

	if (t->without_rowid || !key || key->parts.n != 1 ||
	    (key->column && key->parts.v[0].desc))
		return NULL;
	c = find_column(t, key->parts.v[0].column);
	return c && c->type && text_same_nocase(c->type, "INTEGER") ? c : NULL;
}

/* A name for the rowid that no column of either table has, or NULL. */
static const char *
rowid_name(const struct rebuild *r)
{
	static const char *const names[] = { "rowid", "_rowid_", "oid" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!find_column(r->old, names[i]) &&
		    !find_column(r->new, names[i]))
			return names[i];
	return NULL;
}

/* Does a check of the column hold the label as a string? */
static bool
holds_label(const struct table *t, const char *column, const char *label)
{
	struct buf quoted = { 0 };
	bool found = false;

	sql_literal(&quoted, D, label);
	for (size_t i = 0; i < t->constraints.n && !found; i++) {
		const struct constraint *c = t->constraints.v[i];
		struct lexer l;
		struct token k;

		if (c->kind != CONSTRAINT_CHECK ||
		    !sql_mentions(D, c->check.text, column))
			continue;
		lex_init(&l, D, c->check.text, strlen(c->check.text));
		while (lex_next(&l, &k))
			found |= k.kind == TOKEN_STRING &&
				 k.len == quoted.len &&
				 !memcmp(k.at, quoted.s, k.len);
		lex_release(&l);
	}
	buf_release(&quoted);
	return found;
}

/* Adds WHEN … THEN … for each label that is called otherwise on the other
 * side, as both checks show. */
static int
add_labels(struct rebuild *r, const struct column *from,
    const struct column *to, struct buf *b)
{
	const struct names *pairs = r->back ? &column_more(from)->labels_was
					    : &column_more(to)->labels_was;
	int n = 0;

	for (size_t i = 0; i + 1 < pairs->n; i += 2) {
		const char *was = pairs->v[i + (r->back ? 1 : 0)];
		const char *is = pairs->v[i + (r->back ? 0 : 1)];

		if (!holds_label(r->old, from->name, was) ||
		    holds_label(r->new, to->name, was) ||
		    !holds_label(r->new, to->name, is))
			continue;
		buf_puts(b, " WHEN ");
		sql_literal(b, D, was);
		buf_puts(b, " THEN ");
		sql_literal(b, D, is);
		n++;
	}
	return n;
}

static const char *
comma(const struct buf *b)
{
	return b->len ? ", " : "";
}

static bool
changes_type(const struct column *from, const struct column *to)
{
	return !column_equal(D,
	    &(struct column){ .name = "", .type = from->type },
	    &(struct column){ .name = "", .type = to->type });
}

/* The value of a column that is there, in its new type. */
static void
add_kept(struct rebuild *r, struct buf *b, const struct column *from,
    const struct column *to)
{
	struct buf labels = { 0 };

	if (!r->back && column_more(to)->conversion.text &&
	    changes_type(from, to)) {
		ddl_expr(b, D, &column_more(to)->conversion);
	} else if (!add_labels(r, from, to, &labels)) {
		sql_ident(b, D, from->name);
	} else {
		buf_puts(b, "CASE ");
		sql_ident(b, D, from->name);
		buf_fmt(b, "%s ELSE ", buf_str(&labels));
		sql_ident(b, D, from->name);
		buf_puts(b, " END");
	}
	buf_release(&labels);
}

/* Adds what the new column holds; false where its default will do. */
static bool
add_value(struct rebuild *r, struct buf *b, const struct column *from,
    const struct column *to)
{
	bool fills = !r->back && column_fills(from, to);

	if (!from && !fills)
		return false;
	buf_puts(b, comma(b));
	if (!from) {
		ddl_expr(b, D, &column_more(to)->backfill);
		return true;
	}
	buf_puts(b, fills ? "coalesce(" : "");
	add_kept(r, b, from, to);
	if (fills)
		buf_fmt(b, ", %s)", column_more(to)->backfill.text);
	return true;
}

/* The rowid is copied where no column of the new table holds it, and gives the
 * values of a new INTEGER PRIMARY KEY. */
static void
add_rowid(struct rebuild *r, struct buf *into, struct buf *from)
{
	const struct column *new_key = rowid_column(r->new);
	const char *name = rowid_name(r);

	if (!name || r->old->without_rowid || r->new->without_rowid ||
	    (new_key && find_column(r->old, new_key->name)))
		return;
	if (new_key)
		sql_ident(into, D, new_key->name);
	else
		buf_puts(into, name);
	buf_puts(from, name);
}

/* A table that says ON CONFLICT IGNORE would drop rows in silence. */
static bool
says_conflict(const struct table *t)
{
	for (size_t i = 0; i < t->columns.n; i++)
		if (column_more(t->columns.v[i])->on_conflict)
			return true;
	for (size_t i = 0; i < t->constraints.n; i++)
		if (constraint_more(t->constraints.v[i])->on_conflict)
			return true;
	return false;
}

static void
copy_rows(struct rebuild *r)
{
	struct buf into = { 0 }, from = { 0 };

	add_rowid(r, &into, &from);
	for (size_t i = 0; i < r->new->columns.n; i++) {
		const struct column *to = r->new->columns.v[i];
		const struct column *old = find_column(r->old, to->name);

		if (to->generated.text || !add_value(r, &from, old, to))
			continue;
		buf_puts(&into, comma(&into));
		sql_ident(&into, D, to->name);
	}
	if (into.len) {
		buf_fmt(&r->b, "INSERT %sINTO ",
		    says_conflict(r->new) ? "OR ABORT " : "");
		sql_ident(&r->b, D, r->name);
		buf_fmt(&r->b, " (%s)\nSELECT %s\nFROM ", buf_str(&into),
		    buf_str(&from));
		sql_ident(&r->b, D, r->old->name);
		state(r);
	}
	buf_release(&into);
	buf_release(&from);
}

static bool
counts_up(const struct table *t)
{
	for (size_t i = 0; i < t->columns.n; i++)
		if (t->columns.v[i]->identity == IDENTITY_AUTOINCREMENT)
			return true;
	return false;
}

/* Before the rows: inserting them finds the row and lets it stand. */
static void
copy_counter(struct rebuild *r)
{
	if (!counts_up(r->old) || !counts_up(r->new))
		return;
	buf_puts(&r->b, "INSERT INTO sqlite_sequence (name, seq)\nSELECT ");
	sql_literal(&r->b, D, r->name);
	buf_puts(&r->b, ", seq\nFROM sqlite_sequence\nWHERE name = ");
	sql_literal(&r->b, D, r->old->name);
	state(r);
}

/* Does the object mention the table, or a view that does? */
static bool
leans(
    const struct object *o, const struct table *t, const struct objects *chosen)
{
	if (object_mentions(D, o, t->name))
		return true;
	for (size_t i = 0; i < chosen->n; i++)
		if (chosen->v[i]->kind == OBJECT_VIEW &&
		    object_mentions(D, o, chosen->v[i]->name))
			return true;
	return false;
}

/* All that leans on the table, each after what it leans on. */
static struct objects
standing(struct rebuild *r)
{
	const struct objects *all = &plan_state(r->p)->objects;
	struct objects chosen = { 0 };
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < all->n; i++) {
			struct object *o = all->v[i];

			if (o->kind == OBJECT_VIRTUAL_TABLE ||
			    is_chosen(&chosen, o) || !leans(o, r->old, &chosen))
				continue;
			vec_push(r->p->a, &chosen, o);
			more = true;
		}
	}
	return chosen;
}

/* The rename reads every view and trigger of the file, and fails if one of them
 * cannot run, be it anybody's. In its old way it does not; nor does it follow
 * references, of which the new table has none yet. */
static void
in_the_old_way(struct rebuild *r, const char *on)
{
	buf_fmt(&r->b, "PRAGMA legacy_alter_table = %s", on);
	state(r);
}

static bool
reads_others(const struct rebuild *r, const struct objects *chosen)
{
	size_t n = 0;

	for (size_t i = 0; i < plan_state(r->p)->objects.n; i++)
		n += plan_state(r->p)->objects.v[i]->kind !=
		     OBJECT_VIRTUAL_TABLE;
	return n > chosen->n;
}

static void
swap(struct rebuild *r, const struct objects *taken)
{
	/* in the old way nobody tells a check what its table is called now */
	bool others = reads_others(r, taken) && !sqlite_names_itself(r->new);

	buf_puts(&r->b, "DROP TABLE ");
	sql_ident(&r->b, D, r->old->name);
	state(r);
	if (others)
		in_the_old_way(r, "ON");
	buf_puts(&r->b, "ALTER TABLE ");
	sql_ident(&r->b, D, r->name);
	buf_puts(&r->b, " RENAME TO ");
	sql_ident(&r->b, D, r->new->name);
	state(r);
	if (others)
		in_the_old_way(r, "OFF");
}

void
sqlite_rebuild(struct planner *p, struct names *to, const struct table *old,
    const struct table *new, bool back)
{
	struct rebuild r = { .p = p,
		.to = to,
		.old = old,
		.new = new,
		.back = back,
		.name = arena_fmt(p->a, TABLE_BEING_WRITTEN "%s", new->name) };
	struct objects objects = standing(&r);

	sqlite_take_away(p, to, &objects);
	sqlite_table(&r.b, sqlite_called(p->a, new, r.name), r.name);
	state(&r);
	copy_counter(&r);
	copy_rows(&r);
	swap(&r, &objects);
	for (size_t i = 0; i < new->indexes.n; i++) {
		ddl_index(&r.b, D, new, new->indexes.v[i]);
		state(&r);
	}
	sqlite_put_back(p, to, &objects);
	buf_release(&r.b);
}

struct table *
sqlite_loosened(
    struct arena *a, const struct table *old, const struct table *stands)
{
	struct table *t = table_copy(a, old);

	for (size_t i = 0; i < t->columns.n; i++) {
		struct column *c = t->columns.v[i];

		if (!find_column(stands, c->name) && !c->default_value.text &&
		    !c->generated.text)
			c->not_null = false;
	}
	return t;
}

void
sqlite_write_rebuild(struct writing *w)
{
	struct planner *p = w->p;
	const struct changes *changes = &w->s->changes;
	const struct table *before =
	    schema_table(plan_state(p), NULL, w->s->target->name);
	const struct table *after =
	    plan_table_after(p, before, changes->v, changes->n);

	w->s->before = table_copy(p->a, before);
	w->s->undo_rebuilds = true;
	sqlite_rebuild(p, &w->s->sql, before, after, false);
	sqlite_rebuild(
	    p, &w->s->undo, after, sqlite_loosened(p->a, before, after), true);
}
