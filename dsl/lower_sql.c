/* lower_sql - what stands beside the collections in .sql files
 *
 * x.sqlite.sql and x.postgres.sql are for their dialect, x.sql is for both. A
 * statement there defines something; what else it might do is not for a
 * description of a database to do.
 */
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "dsl/lower.h"
#include "sql/key.h"
#include "sql/split.h"

struct defining {
	const char *file;
	const struct statement *statement;
	struct lexer lexer;
	struct token token;
};

/* Is the file for this dialect? */
static bool
is_for(const char *path, enum dialect dialect)
{
	const char *base = strrchr(path, '/');
	size_t n = strlen(path) - strlen(".sql");
	const char *dot;
	enum dialect named;

	base = base ? base + 1 : path;
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

static bool
step(struct defining *d)
{
	return lex_next(&d->lexer, &d->token);
}

static bool
skip_words(struct defining *d, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!token_is(&d->token, words[i]) || !step(d))
			return false;
	return true;
}

static const char *
names(const struct rules *r, struct arena *a)
{
	const char *s = NULL;

	for (size_t i = 0; i < r->objects_n; i++)
		s = arena_fmt(a, "%s%s%.*s", s ? s : "", s ? ", " : "",
		    (int)strlen(r->objects[i].create) - 1,
		    r->objects[i].create);
	return s;
}

static void
refuse(struct lowering *l, const struct defining *d, const char *why)
{
	const struct statement *s = d->statement;
	const char *known = names(l->rules, l->arena);
	size_t n = strcspn(s->text, "\n");

	if (why)
		report_add(l->report, d->file, s->line, s->column, "%s", why);
	else
		report_add(l->report, d->file, s->line, s->column,
		    "'%.*s%s' is no definition that deesse takes from a file "
		    "for %s (%s)",
		    (int)(n < s->len && n < 40 ? n
			  : s->len < 40        ? s->len
					       : 40),
		    s->text, s->len > 40 || n < s->len ? "…" : "",
		    l->rules->title,
		    known ? known : "none yet: use .sqlite.sql");
}

/* Reads `ON table` of a trigger, after its name. */
static const char *
trigger_table(struct lowering *l, struct defining *d)
{
	while (!token_is(&d->token, "on"))
		if (!step(d))
			return NULL;
	if (!step(d))
		return NULL;
	return sql_unquote(l->arena, l->dialect, d->token.at, d->token.len);
}

static void
define(struct lowering *l, struct defining *d, const struct object_words *w)
{
	static const char *const if_not_exists[] = { "if", "not", "exists" };
	const struct statement *s = d->statement;
	struct object *o = arena_new(l->arena, struct object);
	const char *body;

	if (token_is(&d->token, "if") && !skip_words(d, if_not_exists, 3)) {
		refuse(l, d, "a name is missing");
		return;
	}
	if (!token_names(&d->token)) {
		refuse(l, d, "a name is missing");
		return;
	}
	body = d->token.at;
	o->kind = w->kind;
	o->name = sql_unquote(l->arena, l->dialect, d->token.at, d->token.len);
	o->source = (struct source){ d->file, s->line };
	if (!step(d)) {
		refuse(l, d, "the definition ends after its name");
		return;
	}
	if (token_is(&d->token, ".")) {
		refuse(l, d,
		    "a name here has no schema: it belongs to the database "
		    "itself");
		return;
	}
	o->sql.text = arena_fmt(l->arena, "%s%.*s", w->create,
	    (int)(s->len - (size_t)(body - s->text)), body);
	o->sql.key = sql_key(l->arena, l->dialect, o->sql.text);
	if (w->kind == OBJECT_TRIGGER) {
		o->table = trigger_table(l, d);
		if (!o->table) {
			refuse(l, d, "a trigger is ON a table");
			return;
		}
	}
	for (size_t i = 0; i < l->schema->objects.n; i++) {
		const struct object *other = l->schema->objects.v[i];

		if (schema_same_name(l->dialect, other->name, o->name))
			refuse(l, d,
			    arena_fmt(l->arena,
				"'%s' is defined twice; the first is at %s:%d",
				o->name, other->source.file,
				other->source.line));
	}
	vec_push(l->arena, &l->schema->objects, o);
}

static void
lower_statement(struct lowering *l, const char *file, const struct statement *s)
{
	struct defining d = { .file = file, .statement = s };
	const struct object_words *found = NULL;

	if (s->bad) {
		refuse(l, &d, "this cannot be read: a quote is not closed");
		return;
	}
	lex_init(&d.lexer, l->dialect, s->text, s->len);
	if (step(&d) && token_is(&d.token, "create") && step(&d))
		for (size_t i = 0; i < l->rules->objects_n; i++)
			if (token_is(&d.token, l->rules->objects[i].word))
				found = &l->rules->objects[i];
	if (found && step(&d))
		define(l, &d, found);
	else
		refuse(l, &d, NULL);
	lex_release(&d.lexer);
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
		lower_statement(l, shown_path(item->file), &all.v[i]);
	}
}

void
lower_sql_files(struct lowering *l)
{
	const struct names *listed = &l->build->cache.listed;

	for (size_t i = 0; i < listed->n; i++) {
		struct statements all = { 0 };
		struct err err = { 0 };
		struct buf text = { 0 };

		if (!text_ends(listed->v[i], ".sql") ||
		    !is_for(listed->v[i], l->dialect))
			continue;
		if (file_read(&text, listed->v[i], &err)) {
			const char *copy =
			    arena_strndup(l->arena, buf_str(&text), text.len);

			sql_split(l->arena, &all, l->dialect, copy, text.len);
		} else {
			report_add(
			    l->report, listed->v[i], 1, 1, "%s", err.text);
		}
		for (size_t k = 0; k < all.n; k++)
			lower_statement(l, shown_path(listed->v[i]), &all.v[k]);
		buf_release(&text);
		err_release(&err);
	}
}
