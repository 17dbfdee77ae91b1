/* postgres_copy - another type, by a column beside the old one
 *
 * ALTER COLUMN TYPE writes a table anew while everybody waits. So the column is
 * made once more under another name, of the new type; a trigger keeps it in
 * step with the old one, and it is filled a batch at a time. What stands on the
 * old one (indexes, keys, checks, foreign keys) is made on it as well, beside
 * those who work. When every row was compared, the two change places in the
 * transaction: that is a matter of names.
 *
 * While rows are filled, one whose value the new type has no place for is left
 * without: a program that knows of nothing must go on. Then a check comes, and
 * the trigger says what it finds, so that nothing is missed between the
 * comparison and the end. What names the column from outside of the table
 * (views, policies, rights, what owns a sequence) goes and comes in the plan,
 * as it does for ALTER COLUMN TYPE.
 */
#include "transpile/ddl.h"

#include <string.h>

#include "sql/key.h"
#include "sql/options.h"
#include "sql/quote.h"

#define D DIALECT_POSTGRES

/* What stands on the column, as it was and as it stands on the new one. */
struct carried {
	const struct constraint *key, *new_key; /* or */
	const struct index *index, *new_index;
	const char *name; /* meanwhile */
};
VEC(carried_list, struct carried);

struct copy {
	struct arena *a;
	struct buf *b;
	const struct change *c;
	const char *name;
	const struct table *t; /* the old one, its column under that name */
	struct carried_list all;
	struct online_steps *out;
};

/* ---- can it be ----------------------------------------------------------- */

/* Some changes of type are made without a look at the rows. */
static bool
writes_anew(const struct change *c)
{
	for (size_t i = 0; i < c->findings.n; i++)
		if (c->findings.v[i].class != CLASS_COMPATIBILITY)
			return true;
	return false;
}

/* Is a column computed from it, or it from such a one? A trigger sees these too
 * late. */
static bool
meets_computed(
    const struct table *t, const struct column *was, const struct column *is)
{
	for (size_t i = 0; i < t->columns.n; i++) {
		const struct column *c = t->columns.v[i];

		if (c->generated.text &&
		    (sql_mentions(D, c->generated.text, was->name) ||
			(column_more(is)->conversion.text &&
			    sql_mentions(
				D, column_more(is)->conversion.text, c->name))))
			return true;
	}
	return false;
}

static bool
can_carry(const struct constraint *k)
{
	return k->kind != CONSTRAINT_EXCLUDE && !k->not_valid;
}

bool
postgres_can_copy(const struct change *c)
{
	const struct column *was = c->old_column, *is = c->new_column;
	const struct table *t = c->old_table;

	if (!writes_anew(c) || was->generated.text || is->generated.text ||
	    meets_computed(t, was, is) || t->partition_by.text ||
	    c->new_table->partition_by.text || was->identity != is->identity)
		return false;
	for (size_t i = 0; i < t->constraints.n; i++)
		if (constraint_mentions(D, t->constraints.v[i], was->name) &&
		    !can_carry(t->constraints.v[i]))
			return false;
	for (size_t i = 0; i < t->indexes.n; i++)
		if (index_mentions(D, t->indexes.v[i], was->name) &&
		    t->indexes.v[i]->invalid)
			return false;
	return true;
}

/* ---- what is made -------------------------------------------------------- */

/* What the assignment converts by itself is only assigned: a cast would cut
 * what is too long without a word. */
static bool
converts_itself(struct copy *x)
{
	return !diff_conversion(x->a, D, x->c);
}

static void
add_value(struct buf *b, struct copy *x)
{
	const char *using = diff_conversion(x->a, D, x->c);
	struct expr e = { .text = using };

	if (using)
		ddl_expr(b, D, &e);
	else
		sql_ident(b, D, x->c->old_column->name);
}

static void
keep(struct copy *x, enum online_how how, const char *name)
{
	postgres_keep_online(x->a, x->b, how, x->out);
	x->out->v[x->out->n - 1].name = name;
}

static void
find_carried(struct copy *x)
{
	const struct table *was = x->c->old_table;
	const char *column = x->c->old_column->name;
	struct schema alone = { .dialect = D };
	struct table *t = table_copy(x->a, was);
	struct column to = *x->c->old_column;
	struct change rename = { .kind = CHANGE_RENAME_COLUMN,
		.old_table = was,
		.new_table = was,
		.now_table = was,
		.old_column = x->c->old_column,
		.now_column = x->c->old_column,
		.new_column = &to };
	size_t n = 0;

	to.name = x->name;
	vec_push(x->a, &alone.tables, t);
	diff_make(x->a, &alone, &rename);
	x->t = t;
	for (size_t i = 0; i < was->indexes.n; i++)
		if (index_mentions(D, was->indexes.v[i], column))
			vec_push(x->a, &x->all,
			    (struct carried){ .index = was->indexes.v[i],
				.new_index = t->indexes.v[i] });
	for (size_t i = 0; i < was->constraints.n; i++)
		if (constraint_mentions(D, was->constraints.v[i], column))
			vec_push(x->a, &x->all,
			    (struct carried){ .key = was->constraints.v[i],
				.new_key = t->constraints.v[i] });
	for (size_t i = 0; i < x->all.n; i++)
		x->all.v[i].name = arena_fmt(x->a, "%s_%zu", x->name, ++n);
}

static void
add_column(struct copy *x)
{
	struct column bare = *x->c->new_column;

	bare.name = x->name;
	bare.not_null = false;
	bare.default_value = (struct expr){ 0 };
	bare.identity = IDENTITY_NONE;
	bare.comment = NULL;
	ddl_alter(x->b, D, x->c->new_table);
	buf_puts(x->b, "ADD COLUMN ");
	postgres_column(x->b, &bare);
	keep(x, ONLINE_COLUMN, NULL);
}

/* Is a value for each that there was, whatever the column allows? */
static bool
keeps_missing(struct copy *x)
{
	return converts_itself(x) ||
	       !column_more(x->c->new_column)->conversion.text;
}

static void
add_body(struct buf *b, struct copy *x, bool lenient)
{
	const struct table *t = x->c->new_table;
	struct buf column = { 0 };

	sql_ident(&column, D, x->name);
	buf_fmt(b, "#variable_conflict use_column\nBEGIN\n%sNEW.%s := (SELECT ",
	    lenient ? "BEGIN\n" : "", buf_str(&column));
	add_value(b, x);
	buf_puts(b, " FROM (SELECT NEW.*) AS ");
	sql_ident(b, D, t->name);
	buf_puts(b, ");\n");
	if (lenient)
		buf_fmt(b, "EXCEPTION WHEN OTHERS THEN NEW.%s := NULL;\nEND;\n",
		    buf_str(&column));
	buf_puts(b, "RETURN NEW;\nEND");
	buf_release(&column);
}

static void
add_trigger(struct copy *x)
{
	struct buf body = { 0 };

	add_body(&body, x, true);
	postgres_fill_trigger(
	    x->a, x->b, x->c->new_table, x->name, buf_str(&body), x->out);
	buf_release(&body);
}

static void
add_fill(struct copy *x)
{
	struct buf left = { 0 }, value = { 0 };

	add_value(&value, x);
	buf_puts(x->b, "UPDATE ");
	ddl_table_name(x->b, D, x->c->new_table);
	buf_puts(x->b, " SET ");
	sql_ident(x->b, D, x->name);
	sql_ident(&left, D, x->name);
	buf_fmt(&left, " IS NULL AND %s IS NOT NULL", buf_str(&value));
	buf_fmt(x->b, " = %s WHERE %s", buf_str(&value), buf_str(&left));
	buf_release(&value);
	postgres_keep_fill(x->a, x->b, &left, x->out);
}

/* From here on a row that the new type has no place for is refused. */
static void
add_check(struct copy *x)
{
	struct constraint k = {
		.kind = CONSTRAINT_CHECK, .name = x->name, .not_valid = true
	};
	struct buf text = { 0 }, body = { 0 };

	add_body(&body, x, false);
	postgres_online_body(
	    x->b, "CREATE OR REPLACE", x->name, buf_str(&body));
	buf_puts(x->b, ";\n");
	if (x->c->old_column->not_null) {
		sql_ident(&text, D, x->name);
		buf_puts(&text, " IS NOT NULL");
	} else if (keeps_missing(x)) {
		sql_ident(&text, D, x->c->old_column->name);
		buf_puts(&text, " IS NULL OR ");
		sql_ident(&text, D, x->name);
		buf_puts(&text, " IS NOT NULL");
	} else {
		buf_puts(&text, "true");
	}
	k.check.text = buf_str(&text);
	postgres_add_constraint(x->b, x->c->new_table, &k);
	keep(x, ONLINE_CHECK, NULL);
	buf_release(&text);
	buf_release(&body);
}

static void
validate(struct copy *x, const char *name)
{
	ddl_alter(x->b, D, x->c->new_table);
	buf_puts(x->b, "VALIDATE CONSTRAINT ");
	sql_ident(x->b, D, name);
	keep(x, ONLINE_LONG, NULL);
}

static bool
is_key(const struct constraint *k)
{
	return k->kind == CONSTRAINT_PRIMARY_KEY ||
	       k->kind == CONSTRAINT_UNIQUE;
}

static void
add_index(struct copy *x, const struct carried *one)
{
	struct index i = { 0 };

	if (one->new_index) {
		i = *one->new_index;
	} else {
		i.unique = true;
		i.parts = one->new_key->parts;
		i.include = constraint_more(one->new_key)->include;
		i.nulls_not_distinct = one->new_key->nulls_not_distinct;
	}
	i.name = one->name;
	ddl_index_as(x->b, D, x->c->new_table, &i, " CONCURRENTLY");
	keep(x, ONLINE_LONG, one->name);
}

static void
add_carried(struct copy *x, const struct carried *one)
{
	struct constraint k;

	if (one->new_index || is_key(one->new_key)) {
		add_index(x, one);
		return;
	}
	k = *one->new_key;
	k.name = one->name;
	k.not_valid = true;
	postgres_add_constraint(x->b, x->c->new_table, &k);
	keep(x, ONLINE_CHECK, one->name);
	validate(x, one->name);
}

/* In every row, whatever happened to it meanwhile. */
static void
compare(struct copy *x)
{
	buf_puts(x->b, "SELECT count(*) FROM ");
	ddl_table_name(x->b, D, x->c->new_table);
	buf_puts(x->b, " WHERE ");
	sql_ident(x->b, D, x->name);
	buf_puts(x->b, "::text IS DISTINCT FROM ");
	add_value(x->b, x);
	buf_fmt(x->b, "::%s::text", x->c->new_column->type);
	keep(x, ONLINE_NONE, NULL);
}

static void
analyze(struct copy *x)
{
	buf_puts(x->b, "ANALYZE ");
	ddl_table_name(x->b, D, x->c->new_table);
	buf_puts(x->b, " (");
	sql_ident(x->b, D, x->name);
	buf_putc(x->b, ')');
	keep(x, ONLINE_LONG, NULL);
}

void
postgres_make_copy(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out)
{
	struct copy x = { .a = a, .b = b, .c = c, .name = name, .out = out };

	find_carried(&x);
	if (c->new_enum)
		postgres_make_type(a, b, c, name, out);
	add_column(&x);
	add_trigger(&x);
	if (postgres_keeps(c))
		postgres_begin_keep(a, b, c, name, out);
	add_fill(&x);
	for (size_t i = 0; i < x.all.n; i++)
		add_carried(&x, &x.all.v[i]);
	analyze(&x);
	add_check(&x);
	compare(&x);
	if (postgres_keeps(c))
		postgres_end_keep(a, b, c, name, out);
	validate(&x, name);
}

/* ---- taking its place ---------------------------------------------------- */

static void
alter(struct writing *w, const char *words, const char *name)
{
	ddl_alter(&w->b, D, w->c->new_table);
	buf_puts(&w->b, words);
	sql_ident(&w->b, D, name);
}

static void
tell(struct writing *w, const char *words, const char *name)
{
	alter(w, words, name);
	say(w);
}

static void
drop_carried(struct writing *w, const struct carried *one)
{
	if (one->key) {
		tell(w, "DROP CONSTRAINT ", one->key->name);
		return;
	}
	ddl_drop_index(&w->b, D, w->c->new_table, one->index->name);
	say(w);
}

/* An index calls its columns as the table did when it was made. */
static void
name_index_column(struct writing *w, const struct carried *one)
{
	const struct parts *all =
	    one->index ? &one->new_index->parts : &one->new_key->parts;

	for (size_t i = 0; i < all->n; i++) {
		const char *name = all->v[i].column;

		if (!name || strcmp(name, w->c->online) != 0)
			continue;
		buf_puts(&w->b, "ALTER TABLE ");
		sql_qualified(&w->b, D, w->c->new_table->schema, one->name);
		buf_puts(&w->b, " RENAME COLUMN ");
		sql_ident(&w->b, D, w->c->online);
		buf_puts(&w->b, " TO ");
		sql_ident(&w->b, D, w->c->new_column->name);
		say(w);
		return;
	}
}

static void
place_carried(struct writing *w, const struct carried *one)
{
	const struct table *t = w->c->new_table;
	const struct constraint *k = one->key;

	if (one->index) {
		name_index_column(w, one);
		buf_puts(&w->b, "ALTER INDEX ");
		sql_qualified(&w->b, D, t->schema, one->name);
		buf_puts(&w->b, " RENAME TO ");
		sql_ident(&w->b, D, one->index->name);
	} else if (is_key(k)) {
		name_index_column(w, one);
		postgres_key_using(&w->b, t, k, one->name);
	} else {
		alter(w, "RENAME CONSTRAINT ", one->name);
		buf_puts(&w->b, " TO ");
		sql_ident(&w->b, D, k->name);
	}
	say(w);
	if (k ? k->comment : one->index->comment) {
		postgres_comment(&w->b, t, NULL, k, one->index,
		    k ? k->comment : one->index->comment);
		say(w);
	}
}

static const char *
sequence_name(struct writing *w)
{
	return arena_fmt(w->p->a, "%s_s", w->c->online);
}

/* As the server calls the sequence of an identity, or the column says. */
static void
rename_sequence(struct writing *w)
{
	const struct table *t = w->c->new_table;
	const struct column *c = w->c->new_column;

	buf_puts(&w->b, "ALTER SEQUENCE ");
	sql_qualified(&w->b, D, t->schema, sequence_name(w));
	buf_puts(&w->b, " RENAME TO ");
	sql_ident(&w->b, D,
	    sql_sequence_named(w->p->a, D, t->name, c->name,
		column_more(c)->identity_options));
	say(w);
}

/* What is said of the sequence but its name. */
static const char *
nameless_options(struct writing *w, const struct column *c)
{
	const char *options = column_more(c)->identity_options;
	const char *said[SEQUENCE_OPTIONS];

	if (!options || !sql_sequence_read(w->p->a, D, options, said))
		return options;
	said[SEQUENCE_NAME] = NULL;
	return sql_sequence_write(w->p->a, said);
}

/* Nobody takes a number meanwhile, for the table is locked. */
static void
move_identity(struct writing *w, const struct column *wanted)
{
	const struct table *t = w->c->new_table;
	const char *options = nameless_options(w, wanted);
	struct buf name = { 0 };

	alter(w, "ALTER COLUMN ", w->c->online);
	buf_fmt(&w->b, " ADD GENERATED %s AS IDENTITY (SEQUENCE NAME ",
	    wanted->identity == IDENTITY_ALWAYS ? "ALWAYS" : "BY DEFAULT");
	sql_qualified(
	    &w->b, D, t->schema ? t->schema : "public", sequence_name(w));
	if (options)
		buf_fmt(&w->b, " %s", options);
	buf_putc(&w->b, ')');
	say(w);
	sql_qualified(&name, D, t->schema ? t->schema : "public", t->name);
	buf_puts(&w->b,
	    "SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence(");
	sql_literal(&w->b, D, buf_str(&name));
	buf_puts(&w->b, ", ");
	sql_literal(&w->b, D, w->c->online);
	buf_puts(&w->b, "), n) FROM pg_catalog.pg_sequence_last_value("
			"pg_catalog.pg_get_serial_sequence(");
	sql_literal(&w->b, D, buf_str(&name));
	buf_puts(&w->b, ", ");
	sql_literal(&w->b, D, w->c->new_column->name);
	buf_puts(&w->b, ")) n WHERE n IS NOT NULL");
	say(w);
	buf_release(&name);
}

static void
exchange(struct writing *w, const struct column *stands)
{
	const struct column *wanted = w->c->new_column;
	const struct table *t = w->c->new_table;

	if (stands->not_null) {
		alter(w, "ALTER COLUMN ", w->c->online);
		buf_puts(&w->b, " SET NOT NULL");
		say(w);
	}
	tell(w, "DROP CONSTRAINT ", w->c->online);
	if (stands->identity != IDENTITY_NONE)
		move_identity(w, stands);
	tell(w, "DROP COLUMN ", wanted->name);
	alter(w, "RENAME COLUMN ", w->c->online);
	buf_puts(&w->b, " TO ");
	sql_ident(&w->b, D, wanted->name);
	say(w);
	if (stands->identity != IDENTITY_NONE)
		rename_sequence(w);
	if (w->c->new_enum)
		postgres_place_type(w);
	if (stands->default_value.text) {
		alter(w, "ALTER COLUMN ", wanted->name);
		buf_fmt(&w->b, " SET DEFAULT %s", stands->default_value.text);
		say(w);
	}
	if (stands->comment) {
		postgres_comment(&w->b, t, wanted, NULL, NULL, stands->comment);
		say(w);
	}
}

void
postgres_place_copy(struct writing *w, const struct column *stands)
{
	struct copy x = {
		.a = w->p->a, .b = &w->b, .c = w->c, .name = w->c->online
	};

	find_carried(&x);
	postgres_drop_trigger(w);
	if (postgres_keeps(w->c))
		postgres_drop_keep(w);
	for (size_t i = x.all.n; i-- > 0;)
		drop_carried(w, &x.all.v[i]);
	exchange(w, stands);
	for (size_t i = 0; i < x.all.n; i++)
		place_carried(w, &x.all.v[i]);
}
