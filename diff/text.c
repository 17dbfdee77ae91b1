/* text - the keys of what a schema holds, and changes in words */
#include "diff/pass.h"

/* Makes room for all keys: a list that grew to thousands leaves half its size
 * behind. */
static void
reserve(struct arena *a, const struct schema *s, struct names *out)
{
	size_t n = s->enums.n + s->tables.n + s->objects.n;

	for (size_t i = 0; i < s->tables.n; i++)
		n += s->tables.v[i]->columns.n + s->tables.v[i]->constraints.n +
		     s->tables.v[i]->indexes.n;
	if (!out->n)
		vec_reserve(a, out, n);
}

void
diff_keys(struct arena *a, const struct schema *s, struct names *out)
{
	const struct diff_dialect *ops = diff_dialect(s->dialect);

	reserve(a, s, out);
	for (size_t i = 0; i < s->enums.n; i++)
		vec_push(a, out,
		    name_key(a, ops, "enum", s->enums.v[i]->schema,
			s->enums.v[i]->name, NULL));
	for (size_t i = 0; i < s->tables.n; i++) {
		const struct table *t = s->tables.v[i];

		vec_push(a, out,
		    name_key(a, ops, "table", t->schema, t->name, NULL));
		for (size_t k = 0; k < t->columns.n; k++)
			vec_push(a, out,
			    name_key(a, ops, "column", t->schema, t->name,
				t->columns.v[k]->name));
		for (size_t k = 0; k < t->constraints.n; k++)
			vec_push(a, out,
			    name_constraint_key(
				a, ops, t, t->constraints.v[k]));
		for (size_t k = 0; k < t->indexes.n; k++)
			vec_push(a, out,
			    name_key(a, ops, "index", t->schema, t->name,
				t->indexes.v[k]->name));
		for (size_t k = 0; k < t->partitions.n; k++)
			vec_push(a, out,
			    name_key(a, ops, "partition", t->schema, t->name,
				t->partitions.v[k].name));
	}
	for (size_t i = 0; i < s->objects.n; i++)
		vec_push(a, out,
		    name_object_key(a, ops, s->dialect, s->objects.v[i]));
}

/* In a text $t is the table, $c the column, $k the constraint, $i the index,
 * $e the enum type, $p the partition, $a and $d what becomes of it, $w and $n
 * the kind and name of an object, $h the table above; upper case is the new
 * one. A statement is its own text. */
static const char *const texts[CHANGE_KIND_COUNT] = {
	[CHANGE_CREATE_ENUM] = "create type $E",
	[CHANGE_RENAME_ENUM] = "rename type $e to $E",
	[CHANGE_ALTER_ENUM] = "change the values of type $E",
	[CHANGE_DROP_ENUM] = "drop type $e",
	[CHANGE_RENAME_TABLE] = "rename table $t to $T",
	[CHANGE_CREATE_TABLE] = "create table $T",
	[CHANGE_DROP_TABLE] = "drop table $t",
	[CHANGE_RENAME_COLUMN] = "rename column $T.$c to $C",
	[CHANGE_ADD_COLUMN] = "add column $T.$C",
	[CHANGE_DROP_COLUMN] = "drop column $T.$c",
	[CHANGE_COLUMN_TYPE] = "change the type of $T.$C",
	[CHANGE_SET_NOT_NULL] = "make $T.$C required",
	[CHANGE_DROP_NOT_NULL] = "make $T.$C optional",
	[CHANGE_COLUMN_DEFAULT] = "change the default of $T.$C",
	[CHANGE_COLUMN_GENERATED] = "change how $T.$C is generated",
	[CHANGE_COLUMN_IDENTITY] = "change how $T.$C is numbered",
	[CHANGE_COLUMN_COLLATION] = "change the collation of $T.$C",
	[CHANGE_COLUMN_CONFLICT] = "change the conflict rule of $T.$C",
	[CHANGE_ADD_CONSTRAINT] = "add $K",
	[CHANGE_RENAME_CONSTRAINT] = "rename constraint $k",
	[CHANGE_DROP_CONSTRAINT] = "drop $k",
	[CHANGE_CREATE_INDEX] = "create index $I",
	[CHANGE_RENAME_INDEX] = "rename index $i to $I",
	[CHANGE_DROP_INDEX] = "drop index $i",
	[CHANGE_TABLE_OPTIONS] = "change the options of table $T",
	[CHANGE_COMMENT] = "change the comment on $T",
	[CHANGE_ROW_SECURITY] = "change row security of $T",
	[CHANGE_ADD_PARTITION] = "$a partition $P to $T",
	[CHANGE_PARTITION_BOUND] = "change what partition $P of $T holds",
	[CHANGE_UNBIND_PARTITION] = "take partition $p of $T out of its place",
	[CHANGE_DROP_PARTITION] = "$d partition $p of $T",
	[CHANGE_ADD_PARENT] = "let $T inherit from $h",
	[CHANGE_DROP_PARENT] = "let $T inherit from $h no more",
	[CHANGE_CREATE_OBJECT] = "create $w $n",
	[CHANGE_REPLACE_OBJECT] = "replace $w $n",
	[CHANGE_DROP_OBJECT] = "drop $w $n",
};

static const char *
word(struct arena *a, const struct change *c, char letter)
{
	const struct object *o = c->new_object ? c->new_object : c->old_object;

	switch (letter) {
	case 'a':
		return c->part ? "attach" : "add";
	case 'd':
		return c->part ? "detach" : "drop";
	case 't':
		return name_table(a, c->old_table);
	case 'T':
		return name_table(
		    a, c->new_table ? c->new_table : c->old_table);
	case 'c':
		return c->old_column->name;
	case 'C':
		return c->new_column->name;
	case 'k':
		return name_constraint(a, c->now_constraint,
		    c->kind == CHANGE_DROP_CONSTRAINT ? "from" : "of",
		    c->new_table);
	case 'K':
		return name_constraint(
		    a, c->new_constraint, "to", c->new_table);
	case 'i':
		return c->old_index->name;
	case 'I':
		return c->new_index->name;
	case 'e':
		return c->old_enum->name;
	case 'E':
		return c->new_enum->name;
	case 'p':
		return c->old_partition->name;
	case 'P':
		return c->new_partition->name;
	case 'h':
		return c->parent->name;
	case 'w':
		return object_traits(o->kind)->name;
	default:
		return name_object(a, o);
	}
}

const char *
change_text(struct arena *a, const struct change *c)
{
	const struct object *o = c->new_object ? c->new_object : c->old_object;
	struct buf b = { 0 };
	const char *text;

	if (o && !object_traits(o->kind)->word)
		return arena_fmt(a, "%s %s",
		    c->new_object ? "say" : "take back", o->sql.text);
	for (const char *p = texts[c->kind]; *p; p++) {
		if (*p == '$')
			buf_puts(&b, word(a, c, *++p));
		else
			buf_putc(&b, *p);
	}
	text = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	return text;
}
