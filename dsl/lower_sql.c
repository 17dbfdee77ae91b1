/* lower_sql - what stands beside the collections in .sql files
 *
 * x.sqlite.sql and x.postgres.sql are for their dialect, x.sql is for both. A
 * statement there defines something, or says something of what is defined; what
 * else it might do is not for a description of a database to do.
 */
#include <ctype.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "dsl/statement.h"
#include "sql/define.h"
#include "sql/key.h"
#include "sql/quote.h"

/* A list of as many kinds is read. */
#define SHORT 6

/* Is the file for this dialect? */
static bool
is_for(const char *path, enum dialect dialect)
{
	const char *base = file_base(path);
	size_t n = strlen(path) - strlen(".sql");
	const char *dot;
	enum dialect named;

	for (dot = path + n; dot > base && *--dot != '.';)
		;
	if (*dot != '.' || dot == base)
		return true;
	for (named = 0; named < DIALECT_COUNT; named++)
		if (strlen(dialect_name(named)) ==
			n - (size_t)(dot + 1 - path) &&
		    text_starts(dot + 1, dialect_name(named)))
			return named == dialect;
	return true;
}

void
stating_refuse(struct stating *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	report_add(s->l->report, s->file, s->statement->line,
	    s->statement->column, "%s", arena_vfmt(s->l->arena, fmt, ap));
	va_end(ap);
}

static const char *
upper(struct arena *a, const char *s)
{
	char *up = arena_strdup(a, s);

	for (char *c = up; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return up;
}

/* Returns what a file may define: "CREATE VIEW, CREATE TRIGGER, …". */
static const char *
definitions(const struct lowering *l)
{
	const char *text = NULL;
	int n = 0;

	for (int k = 0; k < OBJECT_KIND_COUNT; k++) {
		const struct object_traits *t = object_traits(k);

		if (!t->word || !(t->dialects >> l->dialect & 1))
			continue;
		n++;
		text = text ? arena_fmt(l->arena, "%s, %s", text, t->word)
			    : arena_fmt(l->arena, "CREATE %s", t->word);
	}
	return n <= SHORT ? text
			  : "what CREATE defines (VIEW, FUNCTION, TRIGGER, "
			    "TYPE …), COMMENT ON, GRANT and REVOKE; "
			    "docs/dialects.md has the list";
}

/* Returns what a misspelt CREATE was meant to make, or NULL. */
static const char *
nearest_definition(const struct stating *s)
{
	const char *create = "CREATE", *words[OBJECT_KIND_COUNT];
	size_t n = 0;
	const char *first, *second, *near;

	if (s->tokens.n < 2)
		return NULL;
	first =
	    arena_strndup(s->l->arena, s->tokens.v[0].at, s->tokens.v[0].len);
	second =
	    arena_strndup(s->l->arena, s->tokens.v[1].at, s->tokens.v[1].len);
	for (int k = 0; k < OBJECT_KIND_COUNT; k++) {
		const struct object_traits *t = object_traits(k);

		if (t->word && (t->dialects >> s->l->dialect & 1))
			words[n++] = t->word;
	}
	near = text_nearest(upper(s->l->arena, second), words, n);
	return near && text_nearest(upper(s->l->arena, first), &create, 1)
		   ? near
		   : NULL;
}

static void
refuse_unknown(struct stating *s)
{
	const struct statement *st = s->statement;
	size_t n = strcspn(st->text, "\n");
	bool cut = n < st->len || st->len > 40;
	const char *meant;

	if (n > st->len)
		n = st->len;
	if (s->tokens.n > 1 && token_is(&s->tokens.v[0], "create") &&
	    token_is(&s->tokens.v[1], "table")) {
		stating_refuse(s, "a table is a COLLECTION, in a .c file");
		return;
	}
	meant = nearest_definition(s);
	stating_refuse(s,
	    "'%.*s%s' is no definition that deesse takes from a file for "
	    "%s%s%s",
	    (int)(n < 40 ? n : 40), st->text, cut ? "…" : "",
	    s->l->rules->title, meant ? "; did you mean " : ": it takes ",
	    meant ? arena_fmt(s->l->arena, "CREATE %s?", meant)
		  : definitions(s->l));
}

static bool
is_relation(const struct object *o)
{
	return object_traits(o->kind)->relation;
}

struct object *
stating_add(struct stating *s, const struct object *o)
{
	struct lowering *l = s->l;
	struct object *copy = arena_new(l->arena, struct object);
	const struct object *other = schema_object_like(l->schema, o);

	if (!other && is_relation(o)) {
		const struct table *t =
		    schema_table(l->schema, o->schema, o->name);

		if (t) {
			stating_refuse(s,
			    "'%s' is the table of a collection already (%s:%d)",
			    o->name, t->source.file, t->source.line);
			return NULL;
		}
	}
	for (size_t i = 0; !other && i < l->schema->objects.n; i++) {
		const struct object *x = l->schema->objects.v[i];

		if (is_relation(o) && is_relation(x) &&
		    schema_same_name(l->dialect, x->schema, o->schema) &&
		    schema_same_name(l->dialect, x->name, o->name))
			other = x;
	}
	if (other) {
		stating_refuse(s,
		    "'%s' is defined twice; the first is at %s:%d", o->name,
		    other->source.file, other->source.line);
		return NULL;
	}
	if (l->rules->name_max && object_traits(o->kind)->word &&
	    strlen(o->name) > l->rules->name_max)
		stating_refuse(s,
		    "the name '%s' is longer than the %zu bytes that %s keeps",
		    o->name, l->rules->name_max, l->rules->title);
	*copy = *o;
	copy->source = (struct source){ s->file, s->statement->line };
	schema_add_object(l->arena, l->schema, copy);
	return copy;
}

/* SQLite keeps "ON main.posts" of a trigger as it was written. */
static bool
is_main(const char *schema)
{
	return !schema || text_same_nocase(schema, "main");
}

static bool
can_be_taken(struct stating *s, const struct definition *d)
{
	struct lowering *l = s->l;

	if (!l->rules->schemas && (d->schema || !is_main(d->table_schema))) {
		stating_refuse(s,
		    "a name here has no schema: it belongs to the database "
		    "itself");
		return false;
	}
	return true;
}

/* What a collection says itself. */
static bool
is_of_collection(
    struct stating *s, enum object_kind kind, const struct definition *d)
{
	const struct table *t =
	    kind == OBJECT_INDEX
		? schema_table(s->l->schema, d->table_schema, d->table)
		: NULL;

	/* ON ONLY a divided table it waits for those of the parts */
	if (!t || (d->only && t->partition_by.text))
		return false;
	stating_refuse(s,
	    "an index of a collection stands in it: INDEX(%s, .on = …)",
	    d->name);
	return true;
}

/* Says who owns a sequence in a statement of its own. */
static void
say_owner(struct stating *s, const struct definition *d)
{
	struct lowering *l = s->l;
	struct statement st = *s->statement;
	struct stating owner = *s;
	struct buf b = { 0 };

	buf_puts(&b, "ALTER SEQUENCE ");
	sql_qualified(&b, l->dialect, d->schema, d->name);
	buf_fmt(&b, " OWNED BY %s", d->owned_by);
	st.text = arena_strdup(l->arena, buf_str(&b));
	st.len = b.len;
	owner.statement = &st;
	buf_release(&b);
	stating_about(&owner);
}

static void
define(struct stating *s, enum object_kind kind, const struct definition *d)
{
	struct lowering *l = s->l;
	bool of_table =
	    object_of_table(l->dialect, kind) || kind == OBJECT_INDEX;
	struct object o = { .kind = kind,
		.schema = !l->rules->schemas ? NULL
			  : of_table         ? d->table_schema
					     : d->schema,
		.name = d->name,
		.table = d->table,
		.signature = d->signature,
		.header = d->header,
		.sql = { sql_closed(l->arena, l->dialect, d->text), d->key },
		.drop = d->drop,
		.unusable = s->unusable };

	if (!can_be_taken(s, d))
		return;
	if (!stating_add(s, &o))
		return;
	if (d->owned_by)
		say_owner(s, d);
	/* what may be unusable may name anything */
	if (text_ends(s->file, ".sql") && !s->unusable)
		vec_push(l->arena, &l->stated,
		    (struct stated){ kind, s->file, s->statement,
			d->table_schema, d->table });
}

/* Takes CREATE of a kind that the dialect has; false where it is none. */
static bool
take_definition(struct stating *s)
{
	struct lowering *l = s->l;

	for (int k = 0; k < OBJECT_KIND_COUNT; k++) {
		const struct object_traits *t = object_traits(k);
		struct definition d;
		const char *why;
		bool found;

		if (!t->word)
			continue;
		found = sql_define(
		    l->arena, l->dialect, s->statement, t->word, &d, &why);
		if (!found && !why)
			continue;
		if (found && is_of_collection(s, k, &d))
			return true;
		if (!(t->dialects >> l->dialect & 1))
			stating_refuse(s,
			    "%s has no %s; a file that ends in .%s.sql is "
			    "read for that database alone",
			    l->rules->title, t->name,
			    dialect_name(t->dialects == 1u << DIALECT_SQLITE
					     ? DIALECT_SQLITE
					     : DIALECT_POSTGRES));
		else if (why)
			stating_refuse(s, "%s", why);
		else
			define(s, k, &d);
		return true;
	}
	return false;
}

/* A quote has no end: tells where it begins. */
static void
refuse_open(struct stating *s)
{
	const struct statement *st = s->statement;
	struct lexer lexer;
	struct token t;
	int line = st->line, column = st->column;

	lex_init(&lexer, s->l->dialect, st->text, st->len);
	while (lex_next(&lexer, &t) && t.kind != TOKEN_BAD)
		;
	if (t.kind == TOKEN_BAD)
		t.at += strspn(t.at, " \t\r\n");
	for (const char *c = st->text; t.kind == TOKEN_BAD && c < t.at; c++) {
		line += *c == '\n';
		column = *c == '\n' ? 1 : column + 1;
	}
	lex_release(&lexer);
	report_add(s->l->report, s->file, line, column,
	    "this cannot be read: the quote or comment that begins here is not "
	    "closed");
}

static void
lower_statement(struct lowering *l, const char *file,
    const struct statement *st, const char *unusable)
{
	struct statement *all = arena_new(l->arena, struct statement);
	struct stating s = {
		.l = l, .file = file, .statement = all, .unusable = unusable
	};
	struct lexer lexer;
	struct token t;

	*all = *st;
	if (st->bad) {
		refuse_open(&s);
		return;
	}
	if (l->rules->keeps_text)
		all->len = statement_commented(l->dialect, st);
	lex_init(&lexer, l->dialect, st->text, st->len);
	while (lex_next(&lexer, &t))
		vec_push(l->arena, &s.tokens, t);
	lex_release(&lexer);
	if (!stating_modelled(&s) && !take_definition(&s) &&
	    !(l->rules->schemas && stating_about(&s)))
		refuse_unknown(&s);
}

void
lower_definition(
    struct lowering *l, const struct deesse_item *item, const char *sql)
{
	struct statements all = { 0 };

	sql_split(l->arena, &all, l->dialect, sql, strlen(sql));
	for (size_t i = 0; i < all.n; i++) {
		all.v[i].line = item->line;
		all.v[i].column = 1;
		lower_statement(l, shown_path(item->file), &all.v[i], NULL);
	}
}

/* A schema that a table or an object says is there. */
static void
add_schema(struct lowering *l, const char *name, struct source source)
{
	struct object o = {
		.kind = OBJECT_SCHEMA, .name = name, .source = source
	};
	struct object *copy;
	struct buf b = { 0 };

	if (!name || !strcmp(name, "public") ||
	    schema_object_like(l->schema, &o))
		return;
	buf_puts(&b, "CREATE SCHEMA ");
	sql_ident(&b, l->dialect, name);
	o.sql.text = arena_strdup(l->arena, buf_str(&b));
	o.sql.key = sql_key(l->arena, l->dialect, o.sql.text);
	buf_release(&b);
	copy = arena_new(l->arena, struct object);
	*copy = o;
	schema_add_object(l->arena, l->schema, copy);
}

static void
add_schemas_of(struct lowering *l, const struct table *t)
{
	add_schema(l, t->schema, t->source);
	for (size_t i = 0; i < t->partitions.n; i++)
		add_schema(
		    l, t->partitions.v[i].schema, t->partitions.v[i].source);
}

static void
add_schemas(struct lowering *l)
{
	for (size_t i = 0; i < l->schema->tables.n; i++)
		add_schemas_of(l, l->schema->tables.v[i]);
	for (size_t i = 0; i < l->schema->enums.n; i++)
		add_schema(l, l->schema->enums.v[i]->schema,
		    l->schema->enums.v[i]->source);
	for (size_t i = 0; i < l->schema->objects.n; i++)
		add_schema(l, l->schema->objects.v[i]->schema,
		    l->schema->objects.v[i]->source);
}

/* Does a table bring it along: a part, an index? */
static bool
is_in_table(const struct schema *s, const char *name)
{
	for (size_t i = 0; i < s->tables.n; i++)
		if (table_index(s, s->tables.v[i], name) ||
		    table_constraint(s->dialect, s->tables.v[i], name) ||
		    partition_leads(&s->tables.v[i]->partitions, name))
			return true;
	return false;
}

/* Is what a statement speaks of defined somewhere? */
static void
check_target(struct lowering *l, const struct object *o)
{
	if ((o->kind != OBJECT_SETTING && o->kind != OBJECT_COMMENT) ||
	    !strcmp(o->table, "public") ||
	    schema_table(l->schema, o->schema, o->table) ||
	    is_in_table(l->schema, o->table))
		return;
	for (size_t i = 0; i < l->schema->objects.n; i++) {
		const struct object *x = l->schema->objects.v[i];

		if (object_traits(x->kind)->word &&
		    schema_same_name(l->dialect, x->name, o->table))
			return;
	}
	for (size_t i = 0; i < l->schema->enums.n; i++)
		if (schema_same_name(
			l->dialect, l->schema->enums.v[i]->name, o->table))
			return;
	report_add(l->report, o->source.file, o->source.line, 1,
	    "nothing here is called '%s'; a statement about something stands "
	    "beside its definition",
	    o->table);
}

/* Returns what stands behind "-- deesse:unusable" on a line between statement k
 * and the one before it, or NULL. */
static const char *
said_unusable(struct arena *a, const struct statements *all, size_t k)
{
	static const char mark[] = "-- " OBJECT_UNUSABLE;
	const struct statement *st = &all->v[k];
	size_t before = k ? all->v[k - 1].offset + all->v[k - 1].len : 0;
	const char *between = arena_strndup(
	    a, st->text - (st->offset - before), st->offset - before);
	const char *found = strstr(between, mark);

	if (!found || (found > between && found[-1] != '\n'))
		return NULL;
	found += strlen(mark);
	found += strspn(found, " \t");
	return arena_strndup(a, found, strcspn(found, "\r\n"));
}

/* Lines end in \n, however the file was checked out: the body of a function
 * would be another one on each machine. */
static size_t
without_returns(char *s, size_t n)
{
	size_t to = 0;

	for (size_t i = 0; i < n; i++)
		if (s[i] != '\r' || i + 1 == n || s[i + 1] != '\n')
			s[to++] = s[i];
	s[to] = '\0';
	return to;
}

static void
lower_file(struct lowering *l, const char *path)
{
	struct statements all = { 0 };
	struct err err = { 0 };
	struct buf text = { 0 };

	if (file_read(&text, path, &err)) {
		char *copy = arena_strndup(l->arena, buf_str(&text), text.len);

		sql_split(l->arena, &all, l->dialect, copy,
		    without_returns(copy, text.len));
	} else {
		report_add(l->report, path, 1, 1, "%s", err.text);
	}
	for (size_t k = 0; k < all.n; k++)
		lower_statement(l, shown_path(path), &all.v[k],
		    said_unusable(l->arena, &all, k));
	buf_release(&text);
	err_release(&err);
}

void
lower_sql_files(struct lowering *l)
{
	const struct names *listed = &l->build->cache.listed;

	for (size_t i = 0; i < listed->n; i++)
		if (text_ends(listed->v[i], ".sql") &&
		    is_for(listed->v[i], l->dialect))
			lower_file(l, listed->v[i]);
	lower_grants(l);
	if (l->rules->schemas)
		add_schemas(l);
	for (size_t i = 0; i < l->schema->objects.n; i++)
		check_target(l, l->schema->objects.v[i]);
}
