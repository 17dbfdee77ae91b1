/* collections_item - fields, keys, indexes and checks as items */
#include "transpile/collections_words.h"

#include <string.h>

#include "base/text.h"
#include "sql/key.h"

static const char *const action_words[] = {
	[ACTION_UNSET] = NULL,
	[ACTION_NO_ACTION] = "NO_ACTION",
	[ACTION_RESTRICT] = "RESTRICT",
	[ACTION_CASCADE] = "CASCADE",
	[ACTION_SET_NULL] = "SET_NULL",
	[ACTION_SET_DEFAULT] = "SET_DEFAULT",
};

static bool
mentions(const struct telling *t, const char *sql, const char *column)
{
	return sql_mentions(t->teller->schema->dialect, sql, column);
}

/* Returns the fields that the SQL mentions, in the table's order. */
static struct names
mentioned(struct telling *t, const char *sql)
{
	struct names out = { 0 };

	for (size_t i = 0; i < t->table->columns.n; i++)
		if (mentions(t, sql, t->fields[i].column->name))
			vec_push(t->teller->a, &out, t->fields[i].name);
	return out;
}

static void
add_actions(struct arena *a, struct item *i, const struct constraint *c)
{
	if (action_words[c->on_delete])
		item_arg(a, i, ".on_delete = %s", action_words[c->on_delete]);
	if (action_words[c->on_update])
		item_arg(a, i, ".on_update = %s", action_words[c->on_update]);
	item_text(a, i, "match", constraint_more(c)->match);
	item_flag(a, i, "implicit", c->implicit);
	item_flag(a, i, "deferrable", c->deferrable && !c->deferred);
	item_flag(a, i, "deferred", c->deferred);
}

/* ---------------------------------- fields -------------------------------- */

static void
add_relation(struct telling *t, const struct field *f, struct item *i)
{
	struct arena *a = t->teller->a;
	const struct telling *to = f->target;

	i->macro = "RELATION";
	item_arg(a, i, "%s", to->slug);
	if (strcmp(arena_fmt(a, "%s_id", f->name), f->column->name))
		item_text(a, i, "column", f->column->name);
	if (!to->key || to->key->parts.n != 1 ||
	    telling_field(to, to->key->parts.v[0].column) != f->target_field)
		item_text(a, i, "references", f->target_field->name);
	if (!t->teller->ops->same_type(f->column, f->target_field->column))
		item_text(a, i, "type", f->column->type);
	if (strcmp(f->relation->target, to->table->name))
		item_text(a, i, "table", f->relation->target);
	if (!f->relation->implicit && strcmp(f->relation->target_columns.v[0],
					  f->target_field->column->name))
		item_text(a, i, "key", f->relation->target_columns.v[0]);
	add_actions(a, i, f->relation);
	telling_say_name(t, i, "constraint", f->relation->name,
	    telling_own_name(t, f->column->name, "fkey"));
	if (f->column->default_value.text)
		i->initially = arena_fmt(a, ".default_sql = %s",
		    c_literal(a, f->column->default_value.text));
}

/* Is the name none, or the one that a check of the field gets? */
static bool
has_own_name(struct telling *t, const struct constraint *c,
    const struct field *f, const char *suffix)
{
	const char *own = telling_own_name(t, f->column->name, suffix);

	return own ? !strcmp(c->name, own) : !c->name;
}

const struct constraint *
telling_own_check(struct telling *t, const struct field *f)
{
	for (size_t i = 0; i < t->table->constraints.n; i++) {
		const struct constraint *c = t->table->constraints.v[i];
		struct names fields;

		if (c->kind != CONSTRAINT_CHECK || t->said[i] ||
		    c->no_inherit || c->not_valid || c->comment ||
		    !has_own_name(t, c, f, "check") ||
		    !mentions(t, c->check.text, f->column->name))
			continue;
		fields = mentioned(t, c->check.text);
		if (fields.n == 1)
			return c;
	}
	return NULL;
}

static bool
is_in_key(const struct telling *t, const struct field *f)
{
	for (size_t i = 0; t->key && i < t->key->parts.n; i++) {
		const char *column = t->key->parts.v[i].column;

		if (column && telling_field(t, column) == f)
			return true;
	}
	return false;
}

static void
add_common(struct telling *t, const struct field *f, struct item *i)
{
	struct arena *a = t->teller->a;
	const struct column *c = f->column;
	const struct constraint *check = telling_own_check(t, f);
	bool null_key = t->teller->ops->null_key(t, c);

	item_flag(a, i, "primary_key", f->key);
	item_flag(a, i, "autoincrement", c->identity == IDENTITY_AUTOINCREMENT);
	if (!is_in_key(t, f) || null_key)
		item_flag(a, i, "required", c->not_null);
	else
		item_flag(a, i, "nullable", !c->not_null);
	item_text(a, i, "on_conflict", column_more(c)->on_conflict);
	if (f->unique) {
		item_flag(a, i, "unique", true);
		telling_say_name(t, i, "constraint", f->unique->name,
		    telling_own_name(t, c->name, "key"));
	}
	item_flag(a, i, "index", f->index != NULL);
	if (i->initially)
		item_arg(a, i, "%s", i->initially);
	item_text(a, i, "collate", c->collation);
	item_text(a, i, "generated", c->generated.text);
	item_flag(a, i, "stored", c->generated.text && c->stored);
	if (check) {
		telling_say(t, check);
		item_text(a, i, "check", check->check.text);
	}
	item_text(a, i, "comment", c->comment);
}

/* ----------------------------- keys and indexes --------------------------- */

/* What .on has for a part: a field, an expression, in an order. A field that
 * is there again says that it is meant. */
static const char *
part_word(struct telling *t, const struct part *p, bool again)
{
	struct arena *a = t->teller->a;
	const struct field *f = p->column ? telling_field(t, p->column) : NULL;
	const char *s;

	if (f && !again)
		s = c_literal(a, f->name);
	else if (f)
		s = arena_fmt(a, "EXPR(%s)", c_literal(a, f->column->name));
	else
		s = arena_fmt(a, "EXPR(%s)", c_literal(a, p->expr.text));
	if (p->collation)
		s = arena_fmt(
		    a, "COLLATE(%s, %s)", s, c_literal(a, p->collation));
	if (p->opclass)
		s = arena_fmt(a, "OPS(%s, %s)", s, c_literal(a, p->opclass));
	if (p->with)
		s = arena_fmt(a, "WITH(%s, %s)", s, c_literal(a, p->with));
	if (p->desc)
		s = arena_fmt(a, "DESC(%s)", s);
	return p->nulls ? arena_fmt(a, "NULLS_%s(%s)", p->nulls, s) : s;
}

static bool
is_again(const struct telling *t, const struct parts *parts, size_t k)
{
	const char *column = parts->v[k].column;

	for (size_t i = 0; i < k && column; i++)
		if (parts->v[i].column &&
		    telling_field(t, parts->v[i].column) ==
			telling_field(t, column))
			return true;
	return false;
}

void
telling_add_parts(struct telling *t, struct item *i, const struct parts *parts)
{
	struct arena *a = t->teller->a;
	struct names words = { 0 };

	for (size_t k = 0; k < parts->n; k++)
		vec_push(a, &words,
		    part_word(t, &parts->v[k], is_again(t, parts, k)));
	item_arg(a, i, "%s", c_list(a, ".on = {", &words, "}"));
}

/* Adds a list of fields, where there is one. */
static void
add_fields(struct telling *t, struct item *i, const char *option,
    const struct names *columns)
{
	struct arena *a = t->teller->a;
	struct names words = { 0 };

	for (size_t k = 0; k < columns->n; k++) {
		const struct field *f = telling_field(t, columns->v[k]);

		vec_push(a, &words, c_literal(a, f ? f->name : columns->v[k]));
	}
	if (words.n)
		item_arg(a, i, "%s",
		    c_list(a, arena_fmt(a, ".%s = {", option), &words, "}"));
}

/* What a key is beside its fields. */
static void
add_key_options(struct telling *t, struct item *i, const struct constraint *c)
{
	struct arena *a = t->teller->a;

	add_fields(t, i, "include", &constraint_more(c)->include);
	item_flag(a, i, "nulls_not_distinct", c->nulls_not_distinct);
	item_flag(a, i, "deferrable", c->deferrable && !c->deferred);
	item_flag(a, i, "deferred", c->deferred);
	item_text(a, i, "on_conflict", constraint_more(c)->on_conflict);
	item_text(a, i, "comment", c->comment);
}

/* Returns "author_title" for a key on these. */
static const char *
parts_name(struct telling *t, const struct parts *parts)
{
	const char *s = NULL;

	for (size_t k = 0; k < parts->n; k++) {
		const struct field *f =
		    parts->v[k].column ? telling_field(t, parts->v[k].column)
				       : NULL;

		if (f)
			s = arena_fmt(t->teller->a, "%s%s%s", s ? s : "",
			    s ? "_" : "", f->name);
	}
	return s ? s : "key";
}

static struct item
primary_key(struct telling *t, const struct constraint *c, struct map *taken)
{
	struct item i = { .macro = "PRIMARY_KEY" };

	(void)c;
	(void)taken;
	telling_add_parts(t, &i, &t->key->parts);
	add_fields(t, &i, "include", &constraint_more(t->key)->include);
	item_flag(t->teller->a, &i, "deferrable",
	    t->key->deferrable && !t->key->deferred);
	item_flag(t->teller->a, &i, "deferred", t->key->deferred);
	item_text(t->teller->a, &i, "comment", t->key->comment);
	return i;
}

static struct item
unique(struct telling *t, const struct constraint *c, struct map *taken)
{
	struct arena *a = t->teller->a;
	struct item i = { .macro = "UNIQUE" };
	const char *physical;

	item_arg(a, &i, "%s",
	    name_local(t, taken, c->name, parts_name(t, &c->parts), &physical));
	/* on SQLite, what is not named by .name has no name */
	item_text(a, &i, "name",
	    t->teller->ops->names_constraints ? physical : c->name);
	telling_add_parts(t, &i, &c->parts);
	add_key_options(t, &i, c);
	return i;
}

/* Does the file write the names as the collection has them? */
static bool
is_spelled(const struct telling *to, const struct constraint *c)
{
	bool same = !strcmp(to->table->name, c->target);

	for (size_t k = 0; same && !c->implicit && k < c->target_columns.n; k++)
		same = !strcmp(
		    telling_field(to, c->target_columns.v[k])->column->name,
		    c->target_columns.v[k]);
	return same;
}

static struct item
foreign_key(struct telling *t, const struct constraint *c, struct map *taken)
{
	struct arena *a = t->teller->a;
	struct item i = { .macro = "FOREIGN_KEY" };
	struct telling *to = telling_reference(t, c);
	struct names words = { 0 };
	const char *physical;
	bool plain = to && is_spelled(to, c);
	bool key = plain && to->key && to->key->parts.n == c->target_columns.n;

	for (size_t k = 0; !plain && k < c->target_columns.n; k++)
		vec_push(a, &words, c_literal(a, c->target_columns.v[k]));
	for (size_t k = 0; plain && k < c->target_columns.n; k++) {
		const struct field *f =
		    telling_field(to, c->target_columns.v[k]);

		vec_push(a, &words, c_literal(a, f->name));
		key = key && to->key->parts.v[k].column &&
		      telling_field(to, to->key->parts.v[k].column) == f;
	}
	item_arg(a, &i, "%s",
	    name_local(t, taken, c->name, parts_name(t, &c->parts), &physical));
	item_arg(a, &i, "%s", to ? to->slug : "gone");
	item_text(a, &i, "table", plain ? NULL : c->target);
	item_text(a, &i, "name",
	    t->teller->ops->names_constraints ? physical : c->name);
	telling_add_parts(t, &i, &c->parts);
	if (!key && words.n && !(c->implicit && !plain))
		item_arg(
		    a, &i, "%s", c_list(a, ".references = {", &words, "}"));
	add_actions(a, &i, c);
	add_fields(t, &i, "on_delete_set", &constraint_more(c)->delete_columns);
	item_flag(a, &i, "not_valid", c->not_valid);
	item_text(a, &i, "comment", c->comment);
	return i;
}

static struct item
exclude(struct telling *t, const struct constraint *c, struct map *taken)
{
	struct arena *a = t->teller->a;
	struct item i = { .macro = "EXCLUDE" };
	const char *physical;

	item_arg(a, &i, "%s",
	    name_local(t, taken, c->name, parts_name(t, &c->parts), &physical));
	item_text(a, &i, "name", physical);
	if (constraint_more(c)->method &&
	    strcmp(constraint_more(c)->method, "gist") != 0)
		item_text(a, &i, "method", constraint_more(c)->method);
	telling_add_parts(t, &i, &c->parts);
	item_text(a, &i, "where", constraint_more(c)->where.text);
	add_key_options(t, &i, c);
	return i;
}

static void
add_index(struct telling *t, const struct index *x, struct map *taken)
{
	struct arena *a = t->teller->a;
	struct item i = { .macro = "INDEX",
		.comment = telling_index_comment(t, x, NULL) };
	const char *physical, *where = x->where.text;

	if (where)
		where = arena_strndup(
		    a, where, strlen(where) - text_ends(where, "\n"));

	item_arg(
	    a, &i, "%s", name_local(t, taken, x->name, "index", &physical));
	item_text(a, &i, "name", physical);
	item_flag(a, &i, "unique", x->unique);
	item_text(a, &i, "method", x->method);
	telling_add_parts(t, &i, &x->parts);
	add_fields(t, &i, "include", &x->include);
	item_flag(a, &i, "nulls_not_distinct", x->nulls_not_distinct);
	item_text(a, &i, "where", where);
	item_text(a, &i, "with", x->with);
	item_text(a, &i, "comment", x->comment);
	vec_push(a, &t->groups[GROUP_INDEXES], i);
}

/* ---------------------------------- checks -------------------------------- */

/* A name for a check that has none: the fields that it is about. */
static const char *
check_name(struct telling *t, const char *sql)
{
	struct names fields = mentioned(t, sql);

	if (fields.n > 3 || !fields.n)
		return "valid";
	return c_list(t->teller->a, "", &fields, "");
}

static struct item
check(struct telling *t, const struct constraint *c, struct map *taken)
{
	struct arena *a = t->teller->a;
	struct item i = { .macro = "CHECK" };
	const char *physical;

	item_arg(a, &i, "%s",
	    name_local(
		t, taken, c->name, check_name(t, c->check.text), &physical));
	item_arg(a, &i, "%s", c_literal(a, c->check.text));
	item_text(a, &i, "name", physical);
	item_flag(a, &i, "unnamed", !c->name);
	item_flag(a, &i, "not_valid", c->not_valid);
	item_flag(a, &i, "no_inherit", c->no_inherit);
	item_text(a, &i, "comment", c->comment);
	return i;
}

static struct item (*const says[])(
    struct telling *, const struct constraint *, struct map *taken) = {
	[CONSTRAINT_PRIMARY_KEY] = primary_key,
	[CONSTRAINT_UNIQUE] = unique,
	[CONSTRAINT_FOREIGN_KEY] = foreign_key,
	[CONSTRAINT_EXCLUDE] = exclude,
	[CONSTRAINT_CHECK] = check,
};

static void
add_constraints(struct telling *t, struct map *keys)
{
	struct map checks = { 0 };

	for (size_t i = 0; i < t->table->constraints.n; i++) {
		const struct constraint *c = t->table->constraints.v[i];
		bool is_check = c->kind == CONSTRAINT_CHECK;

		if (!t->said[i])
			vec_push(t->teller->a,
			    &t->groups[is_check ? GROUP_CHECKS : GROUP_KEYS],
			    says[c->kind](t, c, is_check ? &checks : keys));
	}
}

/* Keys that stand in the column and are no option stand behind the field. */
static void
add_keys(struct telling *t, const struct field *f, struct map *keys)
{
	for (size_t i = 0; i < t->table->constraints.n; i++) {
		const struct constraint *c = t->table->constraints.v[i];

		if (c->kind == CONSTRAINT_CHECK || t->said[i] || !c->column ||
		    telling_field(t, c->column) != f)
			continue;
		telling_say(t, c);
		vec_push(t->teller->a, &t->groups[GROUP_FIELDS],
		    says[c->kind](t, c, keys));
	}
}

/* NULL is no default, where a table above has one. */
static void
say_no_default(struct telling *t, const struct column *c, struct item *i)
{
	const struct column *above = telling_above(t, c);

	if (above && above->default_value.text && !c->default_value.text &&
	    !c->generated.text && !c->identity)
		i->initially = ".default_sql = \"NULL\"";
}

static bool
is_as_above(struct telling *t, const struct column *c)
{
	const struct column *above = telling_above(t, c);
	enum dialect d = t->teller->schema->dialect;

	return !above || column_equal(d, c, above);
}

/* Says of a column that the table inherits what is of this table alone. */
static void
add_inherited(struct telling *t, const struct field *f)
{
	struct arena *a = t->teller->a;
	struct item i = { 0 };

	item_arg(a, &i, "%s", f->name);
	if (strcmp(f->name, f->column->name))
		item_text(a, &i, "column", f->column->name);
	if (f->column->enum_type) {
		i.macro = "COLUMN";
		item_text(a, &i, "type", f->column->type);
		if (f->column->default_value.text)
			i.initially = arena_fmt(a, ".default_sql = %s",
			    c_literal(a, f->column->default_value.text));
	} else {
		t->teller->ops->field(t, f, &i);
	}
	item_flag(a, &i, "inherited", true);
	say_no_default(t, f->column, &i);
	add_common(t, f, &i);
	vec_push(a, &t->groups[GROUP_FIELDS], i);
}

static void
add_field(struct telling *t, const struct field *f, struct map *keys)
{
	struct arena *a = t->teller->a;
	struct item i = { .comment = f->index ? telling_index_comment(
						    t, f->index, f->comment)
					      : f->comment };

	item_arg(a, &i, "%s", f->name);
	if (f->relation) {
		add_relation(t, f, &i);
	} else {
		if (strcmp(f->name, f->column->name))
			item_text(a, &i, "column", f->column->name);
		t->teller->ops->field(t, f, &i);
	}
	say_no_default(t, f->column, &i);
	add_common(t, f, &i);
	vec_push(a, &t->groups[GROUP_FIELDS], i);
	add_keys(t, f, keys);
}

void
telling_add_items(struct telling *t)
{
	const struct table *table = t->table;
	struct map indexes = { 0 }, keys = { 0 };

	if (t->unsaid)
		return;
	for (size_t i = 0; i < table->columns.n; i++)
		if (!t->fields[i].by_itself)
			add_field(t, &t->fields[i], &keys);
		else if (t->fields[i].column->inherited &&
			 !is_as_above(t, t->fields[i].column))
			add_inherited(t, &t->fields[i]);
	add_constraints(t, &keys);
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *x = table->indexes.v[i];
		const struct field *f =
		    x->parts.n == 1 && x->parts.v[0].column
			? telling_field(t, x->parts.v[0].column)
			: NULL;

		if (!f || f->index != x)
			add_index(t, x, &indexes);
	}
	if (t->teller->ops->items)
		t->teller->ops->items(t);
}
