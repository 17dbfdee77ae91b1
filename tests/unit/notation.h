/* notation.h - a schema in a few lines, for dialects that no test can open.
 *
 * One fact a line; what belongs to a table stands below it, indented. A tab
 * ends a value that has spaces:
 *
 *	enum mood happy sad
 *	table posts
 *	  column title<TAB>character varying(100)<TAB>not-null<TAB>default 'x'
 *	  primary posts_pkey<TAB>id
 *	  unique posts_title_key<TAB>title
 *	  check posts_views_check<TAB>views >= 0
 *	  foreign posts_author_fkey<TAB>author_id<TAB>users<TAB>id<TAB>cascade
 *	  index posts_popular<TAB>views desc, title<TAB>where views > 0
 *	  view heads<TAB>CREATE VIEW heads AS SELECT 1
 *
 * Options of any line: `was old`, `label old new` (columns, enums), `comment
 * text`, `line 7`; further ones of keys and indexes are read below.
 */
#ifndef TESTS_UNIT_NOTATION_H
#define TESTS_UNIT_NOTATION_H

#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/cases.h"

#include "base/text.h"
#include "schema/schema.h"
#include "sql/key.h"

#define NOTATION_FIELDS 16

struct notation {
	struct arena *a;
	struct schema *s;
	struct table *t;
	const char *file;
	char *f[NOTATION_FIELDS]; /* f[0] is "column title" */
	size_t n;
	const char *word, *name; /* of f[0] */
};

static inline struct expr
notation_expr(struct notation *n, const char *text)
{
	return (struct expr){ text, sql_key(n->a, n->s->dialect, text) };
}

/* Returns what follows the word in one of the fields, or NULL. */
static inline const char *
notation_option(struct notation *n, const char *word)
{
	for (size_t i = 1; i < n->n; i++)
		if (text_starts(n->f[i], word) &&
		    (n->f[i][strlen(word)] == ' ' || !n->f[i][strlen(word)]))
			return n->f[i] + strlen(word) +
			       (n->f[i][strlen(word)] == ' ');
	return NULL;
}

static inline void
notation_names(struct notation *n, struct names *out, const char *text,
    const char *separators)
{
	while (text && *text) {
		size_t len = strcspn(text, separators);

		if (len)
			vec_push(n->a, out, arena_strndup(n->a, text, len));
		text += len + (text[len] != '\0');
	}
}

static inline struct source
notation_source(struct notation *n)
{
	const char *line = notation_option(n, "line");

	return (struct source){ n->file, line ? atoi(line) : 1 };
}

static inline void
notation_parts(struct notation *n, struct parts *out, const char *text)
{
	struct names names = { 0 };

	notation_names(n, &names, text, ",");
	for (size_t i = 0; i < names.n; i++) {
		char *name =
		    arena_strdup(n->a, names.v[i] + (*names.v[i] == ' '));
		struct part p = { 0 };

		/* an operator of an exclusion: "room with &&" */
		if (strstr(name, " with ")) {
			p.with = strstr(name, " with ") + 6;
			*strstr(name, " with ") = '\0';
		}
		if (text_ends(name, " last")) {
			p.nulls = "LAST";
			name[strlen(name) - 5] = '\0';
		}
		if (text_ends(name, " pattern")) {
			p.opclass = "text_pattern_ops";
			name[strlen(name) - 8] = '\0';
		}
		if (text_ends(name, " like-c")) {
			p.collation = "C";
			name[strlen(name) - 7] = '\0';
		}
		if (text_ends(name, " desc")) {
			p.desc = true;
			name[strlen(name) - 5] = '\0';
		}
		if (strchr(name, '('))
			p.expr = notation_expr(n, name);
		else
			p.column = name;
		vec_push(n->a, out, p);
	}
}

static inline void
notation_column(struct notation *n)
{
	struct column *c = arena_new(n->a, struct column);
	struct column_more *more;
	const char *o;

	c->name = n->name;
	c->type = n->n > 1 ? n->f[1] : "";
	c->not_null = notation_option(n, "not-null") != NULL;
	c->default_value = notation_expr(n, notation_option(n, "default"));
	c->generated = notation_expr(n, notation_option(n, "generated"));
	c->stored = c->generated.text != NULL;
	if (notation_option(n, "always"))
		c->identity = IDENTITY_ALWAYS;
	if (notation_option(n, "identity"))
		c->identity = IDENTITY_BY_DEFAULT;
	more = column_say(n->a, c);
	more->backfill = notation_expr(n, notation_option(n, "backfill"));
	more->conversion = notation_expr(n, notation_option(n, "using"));
	c->collation = notation_option(n, "collate");
	c->comment = notation_option(n, "comment");
	o = notation_option(n, "enum");
	c->enum_type = o ? c->type : NULL;
	notation_names(n, &more->was, notation_option(n, "was"), " ");
	c->source = notation_source(n);
	vec_push(n->a, &n->t->columns, c);
}

static inline struct constraint *
notation_constraint(struct notation *n, enum constraint_kind kind)
{
	struct constraint *c = arena_new(n->a, struct constraint);
	struct constraint_more *more;

	c->kind = kind;
	c->name = strcmp(n->name, "-") ? n->name : NULL;
	c->column = notation_option(n, "in");
	c->comment = notation_option(n, "comment");
	more = constraint_say(n->a, c);
	more->match = notation_option(n, "match");
	more->on_conflict = notation_option(n, "on-conflict");
	more->method = notation_option(n, "using");
	more->where = notation_expr(n, notation_option(n, "where"));
	c->not_valid = notation_option(n, "not-valid") != NULL;
	c->no_inherit = notation_option(n, "no-inherit") != NULL;
	c->nulls_not_distinct = notation_option(n, "one-null") != NULL;
	notation_names(n, &more->include, notation_option(n, "include"), ", ");
	c->deferrable = c->deferred = notation_option(n, "deferred") != NULL;
	c->source = notation_source(n);
	vec_push(n->a, &n->t->constraints, c);
	return c;
}

static inline void
notation_line(struct notation *n)
{
	struct constraint *c;

	if (!strcmp(n->word, "enum")) {
		struct enum_type *e = arena_new(n->a, struct enum_type);

		e->name = n->name;
		notation_names(n, &e->labels, n->f[1], " ");
		notation_names(n, &e->was, notation_option(n, "was"), " ");
		notation_names(
		    n, &e->labels_was, notation_option(n, "label"), " ");
		e->source = notation_source(n);
		schema_add_enum(n->a, n->s, e);
	} else if (!strcmp(n->word, "table")) {
		n->t = arena_new(n->a, struct table);
		n->t->name = n->name;
		n->t->comment = notation_option(n, "comment");
		n->t->strict = notation_option(n, "strict") != NULL;
		n->t->unlogged = notation_option(n, "unlogged") != NULL;
		notation_names(n, &n->t->was, notation_option(n, "was"), " ");
		n->t->source = notation_source(n);
		schema_add_table(n->a, n->s, n->t);
	} else if (!strcmp(n->word, "column")) {
		notation_column(n);
	} else if (!strcmp(n->word, "primary")) {
		c = notation_constraint(n, CONSTRAINT_PRIMARY_KEY);
		notation_parts(n, &c->parts, n->f[1]);
	} else if (!strcmp(n->word, "unique")) {
		c = notation_constraint(n, CONSTRAINT_UNIQUE);
		notation_parts(n, &c->parts, n->f[1]);
	} else if (!strcmp(n->word, "exclude")) {
		c = notation_constraint(n, CONSTRAINT_EXCLUDE);
		notation_parts(n, &c->parts, n->f[1]);
	} else if (!strcmp(n->word, "check")) {
		c = notation_constraint(n, CONSTRAINT_CHECK);
		c->check = notation_expr(n, n->f[1]);
	} else if (!strcmp(n->word, "foreign")) {
		c = notation_constraint(n, CONSTRAINT_FOREIGN_KEY);
		notation_parts(n, &c->parts, n->f[1]);
		c->target = n->f[2];
		notation_names(n, &c->target_columns, n->f[3], ", ");
		if (notation_option(n, "cascade"))
			c->on_delete = ACTION_CASCADE;
		if (notation_option(n, "set-null"))
			c->on_delete = ACTION_SET_NULL;
	} else if (!strcmp(n->word, "index") ||
		   !strcmp(n->word, "unique-index")) {
		struct index *i = arena_new(n->a, struct index);

		i->name = n->name;
		i->unique = *n->word == 'u';
		notation_parts(n, &i->parts, n->f[1]);
		i->where = notation_expr(n, notation_option(n, "where"));
		i->method = notation_option(n, "using");
		i->with = notation_option(n, "storage");
		i->nulls_not_distinct = notation_option(n, "one-null") != NULL;
		notation_names(
		    n, &i->include, notation_option(n, "include"), ", ");
		i->comment = notation_option(n, "comment");
		notation_names(n, &i->was, notation_option(n, "was"), " ");
		vec_push(n->a, &n->t->indexes, i);
	} else if (!strcmp(n->word, "view") || !strcmp(n->word, "trigger")) {
		struct object *o = arena_new(n->a, struct object);

		o->kind = *n->word == 'v' ? OBJECT_VIEW : OBJECT_TRIGGER;
		o->name = n->name;
		o->sql = notation_expr(n, n->f[1]);
		o->table = *n->word == 't' ? n->t->name : NULL;
		o->source = notation_source(n);
		schema_add_object(n->a, n->s, o);
	} else {
		fail_msg("what is '%s'?", n->word);
	}
}

static inline struct schema *
notation_read(
    struct arena *a, enum dialect d, const char *file, const char *text)
{
	struct notation n = { .a = a, .file = file };

	n.s = arena_new(a, struct schema);
	n.s->dialect = d;
	while (*text) {
		size_t len = strcspn(text, "\n");
		char *line = arena_strndup(
		    a, text + strspn(text, " "), len - strspn(text, " "));

		text += len + (text[len] == '\n');
		if (!*line)
			continue;
		memset(n.f, 0, sizeof(n.f));
		for (n.n = 0; line && n.n < NOTATION_FIELDS; n.n++) {
			n.f[n.n] = line;
			line = strchr(line, '\t');
			if (line)
				*line++ = '\0';
		}
		n.word = n.f[0];
		n.name = strchr(n.f[0], ' ');
		if (n.name)
			n.f[0][n.name++ - n.f[0]] = '\0';
		notation_line(&n);
	}
	return n.s;
}

#endif
