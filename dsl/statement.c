/* statement - what a .sql file says of things, and what the schema models
 *
 * Row security, comments, enum types and partitions have their place in the
 * schema, as if the collection had said them. The rest is kept as it is
 * written, together with what takes it back.
 */
#include "dsl/statement.h"

#include <string.h>

#include "sql/define.h"
#include "sql/key.h"

static const struct token *
at(const struct stating *s, size_t i)
{
	static const struct token none = { TOKEN_END, "", 0 };

	return i < s->tokens.n ? &s->tokens.v[i] : &none;
}

/* Do these words, in lower case, stand at i? Returns how many, or 0. */
static size_t
words_at(const struct stating *s, size_t i, const char *words)
{
	size_t n = 0;

	while (*words) {
		size_t len = strcspn(words, " ");
		char *one = arena_strndup(s->l->arena, words, len);

		for (char *p = one; *p; p++)
			if (*p >= 'A' && *p <= 'Z')
				*p = (char)(*p | 0x20);
		if (!token_is(at(s, i + n), one))
			return 0;
		n++;
		words += len + (words[len] == ' ');
	}
	return n;
}

/* Returns the first place from i on, outside parentheses, of the word. */
static size_t
find(const struct stating *s, size_t i, const char *word)
{
	int depth = 0;

	for (; i < s->tokens.n; i++) {
		if (!depth && token_is(at(s, i), word))
			return i;
		depth += token_is(at(s, i), "(") - token_is(at(s, i), ")");
	}
	return i;
}

static const char *
text(const struct stating *s, size_t from, size_t to)
{
	const struct token *last = at(s, to - 1);

	if (from >= to)
		return "";
	return arena_strndup(s->l->arena, at(s, from)->at,
	    (size_t)(last->at + last->len - at(s, from)->at));
}

static struct expr
expr(const struct stating *s, const char *sql)
{
	return (struct expr){ sql, sql_key(s->l->arena, s->l->dialect, sql) };
}

/* Reads a name of up to three parts into parts, the last one first; returns
 * how many tokens it is. */
static size_t
name_at(const struct stating *s, size_t i, const char *parts[3])
{
	size_t n = 0, tokens = 0;
	const char *said[3] = { 0 };

	while (n < 3 && token_names(at(s, i + tokens))) {
		said[n++] = sql_unquote(s->l->arena, s->l->dialect,
		    at(s, i + tokens)->at, at(s, i + tokens)->len);
		tokens++;
		if (!token_is(at(s, i + tokens), "."))
			break;
		tokens++;
	}
	for (size_t k = 0; k < 3; k++)
		parts[k] = k < n ? said[n - 1 - k] : NULL;
	return tokens;
}

/* Returns how many words at i are a kind of thing. */
static size_t
kind_at(const struct stating *s, size_t i)
{
	static const char *const others[] = { "table", "column", "constraint",
		"all tables in schema", "all sequences in schema",
		"all functions in schema", "all routines in schema", "routine",
		"language" };
	size_t n = 0;

	for (int k = 0; !n && k < OBJECT_KIND_COUNT; k++)
		if (object_traits(k)->word)
			n = words_at(s, i, object_traits(k)->word);
	for (size_t k = 0; !n && k < sizeof(others) / sizeof(*others); k++)
		n = words_at(s, i, others[k]);
	return n;
}

/* -- comments ------------------------------------------------------------- */

static const char **
comment_of(struct stating *s, size_t i, const char *const parts[3])
{
	const struct schema *schema = s->l->schema;
	bool column = words_at(s, i, "column");
	struct table *t = column ? schema_table(schema, parts[2], parts[1])
				 : schema_table(schema, parts[1], parts[0]);
	struct column *c =
	    column && t ? table_column(schema, t, parts[0]) : NULL;

	if (c)
		return &c->comment;
	if (t && words_at(s, i, "table"))
		return &t->comment;
	return NULL;
}

/* Returns what the string token says. */
static const char *
string_value(const struct stating *s, const struct token *t)
{
	struct buf b = { 0 };
	const char *value;

	for (size_t i = 1; i + 1 < t->len; i++) {
		buf_putc(&b, t->at[i]);
		i += t->at[i] == '\'';
	}
	value = arena_strdup(s->l->arena, buf_str(&b));
	buf_release(&b);
	return value;
}

static void
take_comment(struct stating *s)
{
	size_t is = find(s, 2, "is"), kind = kind_at(s, 2);
	const char *parts[3], **place;
	struct object o = { .kind = OBJECT_COMMENT };

	if (!kind || !name_at(s, 2 + kind, parts) || is + 2 != s->tokens.n) {
		stating_refuse(s, "COMMENT ON is followed by a kind of thing, "
				  "its name, and IS '…'");
		return;
	}
	place = comment_of(s, 2, parts);
	if (place && at(s, is + 1)->at[0] == '\'') {
		if (*place)
			stating_refuse(
			    s, "it has a comment already: '%s'", *place);
		*place = string_value(s, at(s, is + 1));
		return;
	}
	if (words_at(s, 2, "column"))
		o.table = parts[1], o.schema = parts[2];
	else
		o.table = parts[0], o.schema = parts[1];
	if (token_is(at(s, 2 + kind + 1), "on")) { /* of a trigger, policy */
		name_at(s, 2 + kind + 2, parts);
		o.table = parts[0];
		o.schema = parts[1];
	}
	o.name = sql_key(s->l->arena, s->l->dialect, text(s, 0, is));
	o.sql = expr(s, text(s, 0, s->tokens.n));
	o.drop = sql_take_back(s->l->arena, s->l->dialect, s->statement);
	stating_add(s, &o);
}

/* -- rights --------------------------------------------------------------- */

static void
add_grant(struct stating *s, const char *sql, const char *about)
{
	struct lowering *l = s->l;
	struct statement one = { .text = sql, .len = strlen(sql) };
	struct object o = { .kind = OBJECT_GRANT };

	o.sql = expr(s, sql);
	o.name = o.sql.key;
	o.table = sql_key(l->arena, l->dialect, about);
	o.drop = sql_take_back(l->arena, l->dialect, &one);
	stating_add(s, &o);
}

/* One thing a statement, so that what is granted on one can change without
 * the others. */
static void
take_grant(struct stating *s)
{
	const char *to = words_at(s, 0, "grant") ? "to" : "from";
	size_t on = find(s, 0, "on"), whom = find(s, on, to), from, end;
	const char *kind;

	if (on == s->tokens.n || whom + 1 >= s->tokens.n) {
		stating_refuse(s,
		    "rights are granted ON something %s somebody; "
		    "who belongs to which role is not kept here",
		    words_at(s, 0, "grant") ? "TO" : "FROM");
		return;
	}
	from = on + 1 + kind_at(s, on + 1);
	kind = text(s, on + 1, from);
	for (; from < whom; from = end + 1) {
		end = find(s, from, ",");
		if (end > whom)
			end = whom;
		add_grant(s,
		    arena_fmt(s->l->arena, "%s %s%s%s %s", text(s, 0, on + 1),
			kind, *kind ? " " : "", text(s, from, end),
			text(s, whom, s->tokens.n)),
		    text(s, from, end));
	}
}

static void
take_default_privileges(struct stating *s)
{
	struct object o = { .kind = OBJECT_DEFAULT_PRIVILEGES };

	o.sql = expr(s, text(s, 0, s->tokens.n));
	o.name = o.sql.key;
	o.drop = sql_take_back(s->l->arena, s->l->dialect, s->statement);
	if (o.drop)
		stating_add(s, &o);
	else
		stating_refuse(
		    s, "ALTER DEFAULT PRIVILEGES says GRANT or REVOKE");
}

/* -- ALTER ---------------------------------------------------------------- */

static void
take_row_security(struct stating *s, size_t i)
{
	static const struct {
		const char *words;
		bool force, on;
	} forms[] = {
		{ "enable row level security", false, true },
		{ "force row level security", true, true },
		{ "disable row level security", false, false },
		{ "no force row level security", true, false },
	};
	const char *parts[3];
	size_t n = name_at(s, i, parts);
	struct table *t =
	    n ? schema_table(s->l->schema, parts[1], parts[0]) : NULL;

	for (size_t k = 0; k < sizeof(forms) / sizeof(*forms); k++) {
		if (!words_at(s, i + n, forms[k].words))
			continue;
		if (!t)
			stating_refuse(s, "no collection has the table '%s'",
			    parts[0] ? parts[0] : "");
		else if (forms[k].force)
			t->force_row_security = forms[k].on;
		else
			t->row_security = forms[k].on;
		return;
	}
	stating_refuse(s,
	    "ALTER TABLE here says ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL "
	    "SECURITY or OWNER TO; what else a table is stands in its "
	    "collection");
}

/* What ALTER may say of anything, and what takes it back. */
static const struct setting {
	const char *words, *back;
} settings[] = {
	{ "owner to", "OWNER TO CURRENT_USER" },
	{ "owned by", "OWNED BY NONE" },
	{ "add mapping", NULL },
	{ "alter mapping", NULL },
};

static bool
take_setting(struct stating *s, size_t i)
{
	const char *parts[3];
	size_t n = name_at(s, i, parts), depth = 0;
	struct object o = { .kind = OBJECT_SETTING };

	for (size_t k = i + n; n && k < s->tokens.n; k++) {
		depth += token_is(at(s, k), "(");
		depth -= depth && token_is(at(s, k), ")");
		for (size_t j = 0;
		     !depth && j < sizeof(settings) / sizeof(*settings); j++) {
			if (!words_at(s, k, settings[j].words))
				continue;
			o.table = parts[0];
			o.schema = parts[1];
			o.sql = expr(s, text(s, 0, s->tokens.n));
			o.name = settings[j].back
				     ? sql_key(s->l->arena, s->l->dialect,
					   text(s, 0, k + 2))
				     : o.sql.key;
			if (settings[j].back)
				o.drop = arena_fmt(s->l->arena, "%s %s",
				    text(s, 0, k), settings[j].back);
			stating_add(s, &o);
			return true;
		}
	}
	return false;
}

static void
take_alter(struct stating *s)
{
	size_t kind = kind_at(s, 1);
	bool table = words_at(s, 1, "table") != 0;

	kind += table && token_is(at(s, 1 + kind), "only");
	if (kind && take_setting(s, 1 + kind))
		return;
	if (table)
		take_row_security(s, 1 + kind);
	else
		stating_refuse(s,
		    "ALTER here says OWNER TO, OWNED BY or the mapping of a "
		    "text search configuration; what else a thing is stands "
		    "in its definition");
}

bool
stating_about(struct stating *s)
{
	if (words_at(s, 0, "comment on"))
		take_comment(s);
	else if (words_at(s, 0, "grant") || words_at(s, 0, "revoke"))
		take_grant(s);
	else if (words_at(s, 0, "alter default privileges"))
		take_default_privileges(s);
	else if (words_at(s, 0, "alter"))
		take_alter(s);
	else
		return false;
	return true;
}

/* -- CREATE of what the schema models ------------------------------------- */

static void
take_enum(struct stating *s, const char *const parts[3], size_t i)
{
	struct lowering *l = s->l;
	struct enum_type *e = arena_new(l->arena, struct enum_type);

	e->schema = parts[1];
	e->name = parts[0];
	e->source = (struct source){ s->file, s->statement->line };
	for (; i < s->tokens.n; i++)
		if (at(s, i)->kind == TOKEN_STRING)
			vec_push(
			    l->arena, &e->labels, string_value(s, at(s, i)));
	if (schema_enum(l->schema, e->schema, e->name))
		stating_refuse(s, "the type '%s' is defined twice", e->name);
	else
		schema_add_enum(l->arena, l->schema, e);
}

/* Returns the table of that name, or the one that the partition of that name
 * is of, however deep. */
static struct table *
divided(struct stating *s, const char *const name[3], struct partition *p)
{
	const struct schema *schema = s->l->schema;
	struct table *t = schema_table(schema, name[1], name[0]);

	for (size_t i = 0; !t && i < schema->tables.n; i++) {
		struct table *x = schema->tables.v[i];

		if (!partition_named(&x->partitions, name[0]))
			continue;
		t = x;
		p->of = name[0];
	}
	return t;
}

static void
take_partition(struct stating *s, const char *const name[3], size_t i)
{
	struct lowering *l = s->l;
	struct partition p = { .name = name[0],
		.source = { s->file, s->statement->line } };
	const char *of[3];
	size_t n = name_at(s, i, of);
	struct table *t = n ? divided(s, of, &p) : NULL;
	size_t by;

	if (!t || !t->partition_by.text) {
		stating_refuse(s,
		    t ? "the table '%s' has no PARTITION_BY"
		      : "no collection has the table '%s'",
		    of[0] ? of[0] : "");
		return;
	}
	if (!schema_same_name(l->dialect, name[1], t->schema))
		p.schema = name[1] ? name[1] : "public";
	i += n;
	i += words_at(s, i, "for values");
	by = find(s, i, "partition");
	if (i >= by || token_is(at(s, i), "(")) {
		stating_refuse(s, "a partition says FOR VALUES … or DEFAULT, "
				  "and perhaps PARTITION BY …");
		return;
	}
	p.bound = expr(s, text(s, i, by));
	if (by < s->tokens.n)
		p.partition_by = expr(s, text(s, by + 2, s->tokens.n));
	if (partition_named(&t->partitions, p.name))
		stating_refuse(
		    s, "the partition '%s' is defined twice", p.name);
	else
		vec_push(l->arena, &t->partitions, p);
}

bool
stating_modelled(struct stating *s)
{
	const char *parts[3];
	size_t n, k;

	if (!s->l->rules->enum_types || !words_at(s, 0, "create"))
		return false;
	if (words_at(s, 1, "type")) {
		n = name_at(s, 2, parts);
		k = words_at(s, 2 + n, "as enum");
		if (n && k)
			take_enum(s, parts, 2 + n + k);
		return n && k;
	}
	if (!words_at(s, 1, "table"))
		return false;
	n = name_at(s, 2, parts);
	k = words_at(s, 2 + n, "partition of");
	if (n && k)
		take_partition(s, parts, 2 + n + k);
	return n && k;
}
