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
#include "sql/quote.h"
#include "sql/rights.h"
#include "sql/routine.h"
#include "sql/say.h"

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
	if (parts[1] && !strcmp(parts[1], "public"))
		parts[1] = NULL;
	return tokens;
}

/* -- what is said of things ----------------------------------------------- */

/* Returns where the model keeps what the comment says, or NULL. */
static const char **
comment_of(const struct schema *schema, const struct saying *c)
{
	struct table *t = schema_table(schema, c->schema, c->about);

	if (t && !strcmp(c->of, "TABLE"))
		return &t->comment;
	if (t && !strcmp(c->of, "COLUMN")) {
		struct column *column = table_column(schema, t, c->column);

		return column ? &column->comment : NULL;
	}
	for (size_t i = 0;
	     t && !strcmp(c->of, "CONSTRAINT") && i < t->constraints.n; i++)
		if (t->constraints.v[i]->name &&
		    !strcmp(t->constraints.v[i]->name, c->column))
			return &t->constraints.v[i]->comment;
	for (size_t i = 0; !strcmp(c->of, "INDEX") && i < schema->tables.n;
	     i++) {
		const struct table *of = schema->tables.v[i];
		struct index *x = table_index(schema, of, c->about);

		if (x &&
		    schema_same_name(schema->dialect, of->schema, c->schema))
			return &x->comment;
	}
	return NULL;
}

/* Returns the collection that the table of another is told to inherit from. */
static const struct table *
inherits_from(struct stating *s, const struct saying *one)
{
	static const char words[] = " NO INHERIT ";
	const char *at = one->drop ? strstr(one->drop, words) : NULL;
	const struct tables *all = &s->l->schema->tables;
	const struct table *found = NULL;

	if (!at || !schema_table(s->l->schema, one->schema, one->about))
		return NULL;
	for (size_t i = 0; i < all->n && !found; i++) {
		struct buf b = { 0 };

		sql_qualified(
		    &b, s->l->dialect, all->v[i]->schema, all->v[i]->name);
		if (!strcmp(at + strlen(words), buf_str(&b)))
			found = all->v[i];
		buf_release(&b);
	}
	return found;
}

/* Is the table divided, so that ONLY leaves its parts out? */
static bool
is_divided(const struct stating *s, const struct saying *one)
{
	const struct tables *all = &s->l->schema->tables;
	const struct table *t =
	    schema_table(s->l->schema, one->schema, one->about);
	const struct partition *part = NULL;

	for (size_t i = 0; !t && !part && i < all->n; i++)
		part = partition_named(&all->v[i]->partitions, one->about);
	return (t && t->partition_by.text) || (part && part->partition_by.text);
}

static const char *
without(struct arena *a, const char *text, const char *word)
{
	const char *at = strstr(text, word);

	return arena_fmt(
	    a, "%.*s%s", (int)(at - text), text, at + strlen(word));
}

/* Of a table that has no parts ONLY says nothing. */
static struct saying
less_only(const struct stating *s, const struct saying *said)
{
	struct saying one = *said;

	if (!one.only || is_divided(s, said))
		return one;
	one.only = false;
	one.text = without(s->l->arena, one.text, "ONLY ");
	one.key = without(s->l->arena, one.key, "only ");
	one.name = without(s->l->arena, one.name, "only ");
	return one;
}

static void
take_saying(struct stating *s, const struct saying *said)
{
	const struct saying is = less_only(s, said), *one = &is;
	static const enum object_kind meant[] = {
		[SAYING_SETTING] = OBJECT_SETTING,
		[SAYING_COMMENT] = OBJECT_COMMENT,
	};
	const char **place =
	    one->kind == SAYING_COMMENT ? comment_of(s->l->schema, one) : NULL;
	struct object o = { .kind = meant[one->kind],
		.schema = one->schema,
		.name = one->name,
		.table = one->about,
		.header = one->adds ? one->key : NULL,
		.sql = { one->text, one->key },
		.drop = one->drop };

	const struct table *above = inherits_from(s, one);

	if (above)
		stating_refuse(s,
		    "'%s' is the table of a collection: say .inherits = "
		    "VALUES(\"%s\") there",
		    one->about, above->slug);
	else if (one->part && !one->only &&
		 schema_table(s->l->schema, one->schema, one->about))
		stating_refuse(s,
		    "'%s' is the table of a collection, which says this itself",
		    one->about);
	else if (place && *place)
		stating_refuse(s, "it has a comment already: '%s'", *place);
	else if (place)
		*place = one->value;
	else
		stating_add(s, &o);
}

/* -- rights --------------------------------------------------------------- */

static void
add_granted(struct lowering *l, const struct rights_saying *r)
{
	const struct source *source = r->source;
	struct object *o = arena_new(l->arena, struct object);

	*o = (struct object){ .kind = r->defaults ? OBJECT_DEFAULT_PRIVILEGES
						  : OBJECT_GRANT,
		.schema = r->schema,
		.name = r->name,
		.table = r->about,
		.sql = { r->text, r->key },
		.drop = r->drop,
		.source = *source };
	schema_add_object(l->arena, l->schema, o);
}

/* Words of what has rights, as an object. */
static const char *
word_of(const struct object *o)
{
	switch (o->kind) {
	case OBJECT_VIEW:
	case OBJECT_MATERIALIZED_VIEW:
	case OBJECT_FOREIGN_TABLE:
		return "TABLE";
	case OBJECT_AGGREGATE:
		return "FUNCTION";
	default:
		return object_traits(o->kind)->word;
	}
}

/* GRANT … ON ALL TABLES IN SCHEMA: on those that stand here. */
static void
grant_all(void *arg, const struct grant *g, const char *kind, const char *name)
{
	const struct schema *s = ((struct lowering *)arg)->schema;
	const char *in = !strcmp(name, "public") ? NULL : name;

	for (size_t i = 0; !strcmp(kind, "TABLE") && i < s->tables.n; i++)
		if (schema_same_name(s->dialect, s->tables.v[i]->schema, in))
			rights_on(g, kind, in, s->tables.v[i]->name, NULL);
	for (size_t i = 0; i < s->objects.n; i++) {
		const struct object *o = s->objects.v[i];
		const char *word = word_of(o);

		if (word && !strcmp(word, kind) &&
		    schema_same_name(s->dialect, o->schema, in))
			rights_on(g, kind, in, o->name, o->signature);
	}
}

/* Added up when all is known that they may be on. */
static bool
take_grant(struct stating *s)
{
	struct lowered_grant g = { s->statement,
		{ s->file, s->statement->line } };

	if (!words_at(s, 0, "grant") && !words_at(s, 0, "revoke") &&
	    !words_at(s, 0, "alter default"))
		return false;
	vec_push(s->l->arena, &s->l->grants, g);
	return true;
}

/* Whose a thing is, some ALTER says; else it is the user's. */
static bool
is_owner(void *arg, const char *on, const char *role)
{
	struct lowering *l = arg;
	bool sequence = !strncmp(on, "SEQUENCE ", strlen("SEQUENCE "));
	const char *what = sequence ? on + strlen("SEQUENCE ") : on;
	const char *alter = arena_fmt(
	    l->arena, "ALTER %s%s OWNER TO", sequence ? "TABLE " : "", what);
	const char *key = routine_key(l->arena, l->dialect, alter);
	const char *says = NULL;

	for (size_t i = 0; !says && i < l->schema->objects.n; i++) {
		const struct object *o = l->schema->objects.v[i];

		if (o->kind == OBJECT_SETTING && !strcmp(o->name, key))
			says = o->sql.text + strlen(alter) + 1;
	}
	return !strcmp(role, says ? says
			     : strcmp(on, "SCHEMA public")
				 ? "CURRENT_USER"
				 : "pg_database_owner");
}

void
lower_grants(struct lowering *l)
{
	struct rights all = {
		.a = l->arena, .d = l->dialect, .owns = is_owner, .owns_arg = l
	};
	struct rights_sayings said = { 0 };
	const char *why;

	for (size_t i = 0; i < l->grants.n; i++) {
		const struct lowered_grant *g = &l->grants.v[i];

		all.source = &g->source;
		if (!rights_add(&all, g->statement, grant_all, l, &why))
			report_add(l->report, g->source.file, g->source.line,
			    g->statement->column, "%s", why);
	}
	rights_say(&all, &said);
	for (size_t i = 0; i < said.n; i++)
		add_granted(l, &said.v[i]);
	rights_shut(&all, &l->schema->shut);
}

/* -- ALTER ---------------------------------------------------------------- */

static bool
is_part(const struct stating *s, const char *name)
{
	const struct tables *all = &s->l->schema->tables;

	for (size_t i = 0; i < all->n; i++)
		if (partition_named(&all->v[i]->partitions, name))
			return true;
	return false;
}

static bool
take_row_security(struct stating *s)
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
	size_t i = words_at(s, 0, "alter table"), n;
	struct table *t;

	if (!i)
		return false;
	i += words_at(s, i, "only");
	n = name_at(s, i, parts);
	for (size_t k = 0; k < sizeof(forms) / sizeof(*forms); k++) {
		if (!n || !words_at(s, i + n, forms[k].words))
			continue;
		t = schema_table(s->l->schema, parts[1], parts[0]);
		if (!t && is_part(s, parts[0]))
			return false;
		if (!t)
			stating_refuse(
			    s, "no collection has the table '%s'", parts[0]);
		else if (forms[k].force)
			t->force_row_security = forms[k].on;
		else
			t->row_security = forms[k].on;
		return true;
	}
	return false;
}

bool
stating_about(struct stating *s)
{
	struct sayings said = { 0 };
	const char *why;

	if (take_row_security(s) || take_grant(s))
		return true;
	if (sql_say(s->l->arena, s->l->dialect, s->statement, &said, &why))
		for (size_t i = 0; i < said.n; i++)
			take_saying(s, &said.v[i]);
	else if (why)
		stating_refuse(s, "%s", why);
	else
		return false;
	return true;
}

/* -- CREATE of what the schema models ------------------------------------- */

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
