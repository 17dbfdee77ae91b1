/* lower_option - what fields ask for: defaults, checks, keys, indexes */
#include <string.h>

#include "base/text.h"
#include "dsl/lower.h"
#include "dsl/options.h"
#include "sql/key.h"
#include "sql/options.h"

static bool
is_bare_word(const char *sql)
{
	return !strchr("\"`[", *sql);
}

/* Can a string be its value? What a column of its own type takes is unknown. */
static bool
takes_words(const struct field *f)
{
	return f->item->kind == DEESSE_KIND_TEXT ||
	       f->item->kind == DEESSE_KIND_ENUM ||
	       f->item->kind == DEESSE_KIND_RELATION ||
	       f->item->kind == DEESSE_KIND_COLUMN;
}

static void
lower_default(struct lowering *l, struct field *f)
{
	const char *value = f->options->default_value;
	const char *sql = f->options->default_sql;
	const char *wrong;

	if (value && sql)
		tell(l, f->item, "default_sql",
		    "%s has two defaults: .default_value is a literal, "
		    ".default_sql an expression; keep one",
		    f->name);
	if ((value || sql) && f->options->generated)
		tell(l, f->item, "generated",
		    "%s is generated and cannot have a default", f->name);
	if (value && strpbrk(value, "\016\017")) {
		tell(l, f->item, "default_value",
		    ".default_value is a literal; NOW, TODAY and NEW_UUID are "
		    "SQL, for .default_sql");
	} else if (value) {
		wrong = f->options->array ? NULL
					  : literal_wrong(l->arena, f, value);
		if (wrong)
			tell(l, f->item, "default_value",
			    "the default \"%s\" of %s %s", value, f->name,
			    wrong);
		value = l->rules->literal(&l->brief, f, value);
		f->column->default_value.text = lower_kept(l, value);
		f->column->default_value.key =
		    lower_kept(l, sql_key(&l->brief, l->dialect, value));
	} else if (sql) {
		f->column->default_value = l->rules->quoted_strings
					       ? lower_whole(l, sql)
					       : lower_expr(l, sql);
		value = l->rules->quoted_strings
			    ? sql_name_as_string(l->arena, l->dialect, sql)
			    : NULL;
		if (value)
			f->column->default_value.key = value;
		if (value && is_bare_word(sql) && !takes_words(f))
			tell(l, f->item, "default_sql",
			    "%s takes the word %s for a string, and %s holds "
			    "none; write a value, .default_value = \"…\", or "
			    "an expression, as NOW is",
			    l->rules->title, sql, f->name);
	}
	if (sql && !*sql)
		tell(l, f->item, "default_sql", ".default_sql is empty");
}

static void
lower_generated(struct lowering *l, struct field *f)
{
	if (f->options->stored && !f->options->generated)
		tell(l, f->item, "stored",
		    ".stored goes with .generated = \"…\"");
	if (!f->options->generated)
		return;
	if (!f->options->stored && !l->rules->virtual_columns)
		tell(l, f->item, "generated",
		    "%s keeps every generated column; say .stored = true, or "
		    ".only = SQLITE",
		    l->rules->title);
	f->column->generated = lower_expr(l, f->options->generated);
	f->column->stored = f->options->stored;
}

static void
bound(struct lowering *l, struct field *f, const char *option,
    const char *value, const char *op)
{
	bool whole = f->kind == DEESSE_KIND_INTEGER;

	if (!value)
		return;
	if (whole ? !is_integer(value) : !is_number(value)) {
		tell(l, f->item, option, ".%s of %s is \"%s\", no %s", option,
		    f->name, value, whole ? "whole number" : "number");
		return;
	}
	vec_push(&l->brief, &l->checks,
	    arena_fmt(&l->brief, "%s %s %s", quoted(l, f->as), op, value));
}

static void
bounds(struct lowering *l, struct field *f, const char *min, const char *max)
{
	bool ok = true;

	bound(l, f, "min", min, ">=");
	bound(l, f, "max", max, "<=");
	if (min && max && number_compare(min, max, &ok) > 0 && ok)
		tell(
		    l, f->item, "min", ".min of %s is more than .max", f->name);
}

static void
text_checks(struct lowering *l, struct field *f)
{
	const struct deesse_TEXT *t = (const void *)f->item;
	const char *column = quoted(l, f->as);

	if (t->min < 0 || t->max < 0)
		tell(l, f->item, t->min < 0 ? "min" : "max",
		    "a length of %s is negative", f->name);
	else if (t->max && t->min > t->max)
		tell(
		    l, f->item, "min", ".min of %s is more than .max", f->name);
	if (t->min > 0)
		vec_push(&l->brief, &l->checks,
		    arena_fmt(&l->brief, "length(%s) >= %lld", column,
			(long long)t->min));
	if (t->lowercase)
		vec_push(&l->brief, &l->checks,
		    arena_fmt(&l->brief, "%s = lower(%s)", column, column));
	if (t->match && *t->match)
		l->rules->match(l, f, t->match);
}

/* Reads what the sequence of "always (START WITH 10)" is told. */
static bool
take_sequence(struct lowering *l, struct field *f, const char *text)
{
	const char *said[SEQUENCE_OPTIONS];
	size_t n = strlen(text);
	const char *inside;

	if (!n)
		return true;
	if (n < 3 || text[0] != '(' || text[n - 1] != ')')
		return false;
	inside = arena_strndup(l->arena, text + 1, n - 2);
	if (!sql_sequence_read(l->arena, l->dialect, inside, said))
		return false;
	column_say(l->arena, f->column)->identity_options =
	    sql_sequence_options(l->arena, l->dialect, inside);
	return true;
}

/* A number that the database gives is never NULL. */
static void
take_identity(struct lowering *l, struct field *f, const char *said)
{
	size_t n = strcspn(said, "(");
	const char *rest = said + n, *word;

	while (n && said[n - 1] == ' ')
		n--;
	word = arena_strndup(l->arena, said, n);
	if (text_same_nocase(word, "always"))
		f->column->identity = IDENTITY_ALWAYS;
	else if (text_same_nocase(word, "by default"))
		f->column->identity = IDENTITY_BY_DEFAULT;
	if (!f->column->identity || !take_sequence(l, f, rest))
		tell(l, f->item, "identity",
		    ".identity is \"%s\"; it takes \"always\" or \"by "
		    "default\", and behind it what its sequence is told, as in "
		    "\"always (START WITH 100)\"",
		    said);
	if (f->column->default_value.text || f->column->generated.text)
		tell(l, f->item, "identity",
		    "%s gets its value from .identity and from elsewhere, too; "
		    "keep one",
		    f->name);
	f->column->not_null = true;
}

static void
integer_checks(struct lowering *l, struct field *f)
{
	const struct deesse_INTEGER *i = (const void *)f->item;

	if (i->bits && i->bits != 16 && i->bits != 32 && i->bits != 64)
		tell(l, f->item, "bits",
		    ".bits of %s is %d; INTEGER has 16, 32 or 64", f->name,
		    i->bits);
	bounds(l, f, i->min, i->max);
	if (i->identity)
		take_identity(l, f, i->identity);
}

static void
decimal_checks(struct lowering *l, struct field *f)
{
	const struct deesse_DECIMAL *d = (const void *)f->item;

	if (d->precision < 0 || d->precision > 1000)
		tell(l, f->item, "precision",
		    ".precision of %s is %d; DECIMAL has 1 to 1000", f->name,
		    d->precision);
	if (d->scale < 0 || d->scale > d->precision)
		tell(l, f->item, "scale",
		    d->precision ? ".scale of %s is %d; it is at least 0 and "
				   "at most .precision"
				 : ".scale of %s is %d, and .precision is not "
				   "said",
		    f->name, d->scale);
	bounds(l, f, d->min, d->max);
}

static void
check_array(struct lowering *l, struct field *f)
{
	const char *value = f->options->default_value;

	if (l->checks.n)
		tell(l, f->item, "array",
		    "%s is an array, and its bounds are of one value; write "
		    ".check = \"…\"",
		    f->name);
	if (value && strcmp(value, "{}") != 0)
		tell(l, f->item, "default_value",
		    "the default of an array is \"{}\", empty; write "
		    ".default_sql for another");
}

static void
own_checks(struct lowering *l, struct field *f)
{
	const struct deesse_VECTOR *v = (const void *)f->item;
	const struct deesse_COLUMN *c = (const void *)f->item;
	const struct deesse_REAL *r = (const void *)f->item;
	const struct deesse_BLOB *b = (const void *)f->item;

	switch (f->item->kind) {
	case DEESSE_KIND_TEXT:
		text_checks(l, f);
		break;
	case DEESSE_KIND_INTEGER:
		integer_checks(l, f);
		break;
	case DEESSE_KIND_REAL:
		bounds(l, f, r->min, r->max);
		break;
	case DEESSE_KIND_DECIMAL:
		decimal_checks(l, f);
		break;
	case DEESSE_KIND_BLOB:
		if (b->max < 0)
			tell(l, f->item, "max", "a length of %s is negative",
			    f->name);
		break;
	case DEESSE_KIND_VECTOR:
		if (v->dimensions < 1 || v->dimensions > 16000)
			tell(l, f->item, "dimensions",
			    "VECTOR(%s) has .dimensions of 1 to 16000, not %d",
			    f->name, v->dimensions);
		break;
	case DEESSE_KIND_COLUMN:
		if (!c->type)
			tell(l, f->item, NULL,
			    "COLUMN(%s) needs a type of the database; write "
			    ".type = \"tsvector\"",
			    f->name);
		break;
	default:
		break;
	}
	if (f->options->array)
		check_array(l, f);
}

static void
add_check(struct lowering *l, struct field *f, const char *text)
{
	struct constraint *k =
	    add_constraint(l, f->of, CONSTRAINT_CHECK, f->item);

	k->check = lower_expr(l, text);
	if (l->rules->names_constraints)
		k->name = made_name(l, f->of->table->name, f->as, "check");
	if (l->rules->inside_columns)
		k->column = f->as;
}

static void
add_checks(struct lowering *l, struct field *f)
{
	struct buf all = { 0 };

	if (f->options && f->options->check)
		vec_push(&l->brief, &l->checks, f->options->check);
	if (l->checks.n == 1 || !l->rules->one_check) {
		for (size_t i = 0; i < l->checks.n; i++)
			add_check(l, f, l->checks.v[i]);
		return;
	}
	for (size_t i = 0; i < l->checks.n; i++)
		buf_fmt(&all, "%s(%s)", i ? " AND " : "", l->checks.v[i]);
	if (l->checks.n)
		add_check(l, f, buf_str(&all));
	buf_release(&all);
}

static void
add_unique(struct lowering *l, struct lowered *c, struct field *f)
{
	struct constraint *k = add_constraint(l, c, CONSTRAINT_UNIQUE, f->item);

	if (f->item->kind != DEESSE_KIND_RELATION)
		k->name = f->options->constraint;
	if (!k->name && l->rules->names_constraints)
		k->name = made_name(l, c->table->name, f->as, "key");
	if (l->rules->inside_columns)
		k->column = f->as;
	vec_push(l->arena, &k->parts, (struct part){ .column = f->as });
	if (l->rules->names_constraints)
		claim(l, &l->relations, c->table->schema, k->name, f->item,
		    &k->source,
		    arena_fmt(&l->brief, "the key of '%s'", f->name),
		    ".constraint");
}

static void
add_index(struct lowering *l, struct lowered *c, struct field *f)
{
	struct index *x = arena_new(l->arena, struct index);

	x->name = made_name(l, c->table->name, f->as, "idx");
	x->source = source_of(f->item);
	vec_push(l->arena, &x->parts, (struct part){ .column = f->as });
	vec_push(l->arena, &c->table->indexes, x);
	claim(l, &l->relations, c->table->schema, x->name, f->item, &x->source,
	    arena_fmt(&l->brief, "the index of '%s'", f->name),
	    "INDEX(…, .name = …)");
}

static void
check_constraint_name(
    struct lowering *l, const struct lowered *c, struct field *f)
{
	const char *name = f->options->constraint;

	if (!name)
		return;
	physical_ok(l, f->item, "constraint", name);
	if (f->item->kind != DEESSE_KIND_RELATION && !f->options->unique &&
	    !(c->key.n == 1 && c->key.v[0] == f))
		tell(l, f->item, "constraint",
		    ".constraint names the constraint of .unique, of a key of "
		    "one field or of a RELATION, and %s is none",
		    f->name);
}

void
lower_field_options(struct lowering *l, struct lowered *c)
{
	for (size_t i = 0; i < c->fields.n; i++) {
		struct field *f = c->fields.v[i];

		if (f->above)
			continue;
		if (f->options) {
			check_constraint_name(l, c, f);
			lower_default(l, f);
			lower_generated(l, f);
			own_checks(l, f);
			if (f->options->unique)
				add_unique(l, c, f);
			if (f->options->index)
				add_index(l, c, f);
		}
		if (f->item ? f->item->kind != DEESSE_KIND_RELATION : true)
			l->rules->checks(l, f);
		add_checks(l, f);
		l->checks = (struct names){ 0 };
	}
}
