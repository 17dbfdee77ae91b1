/* lower_util - names, places and expressions, for all of lowering */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "dsl/lower.h"
#include "dsl/options.h"
#include "sql/key.h"
#include "sql/lex.h"
#include "sql/name.h"
#include "sql/portable.h"
#include "sql/quote.h"

static const struct c_item *
locate(const struct scan *s, const struct deesse_item *item)
{
	const struct kind *k = kind_of(item->kind);
	const struct c_item *found = scan_find(s, k, item->name, item->line);

	/* a name that is a macro stands there as something else */
	for (size_t i = 0; !found && i < s->items.n; i++)
		if (s->items.v[i].kind == k &&
		    s->items.v[i].line <= item->line &&
		    s->items.v[i].end_line >= item->line)
			found = &s->items.v[i];
	return found;
}

struct told_place
told_place(
    struct lowering *l, const struct deesse_item *item, const char *option)
{
	const struct scan *s =
	    sources_scan(l->arena, &l->build->sources, item->file);
	const struct c_item *at = s ? locate(s, item) : NULL;
	struct told_place p = { 0 };

	if (!at)
		return p;
	p = (struct told_place){ s, at->word, at->close };
	for (size_t i = at->open; option && i < at->close; i++) {
		const struct c_token *t = &s->tokens.v[i];

		if (!c_is(t, ".") || !c_is(t + 1, option))
			continue;
		p.token = i;
		break;
	}
	return p;
}

void
tell(struct lowering *l, const struct deesse_item *item, const char *option,
    const char *fmt, ...)
{
	struct told_place at = told_place(l, item, option);
	const struct c_token *t = at.scan ? &at.scan->tokens.v[at.token] : NULL;
	const char *text;
	va_list ap;

	va_start(ap, fmt);
	text = arena_vfmt(l->arena, fmt, ap);
	va_end(ap);
	report_add(l->report, item->file, t ? t->line : item->line,
	    t ? t->column : 1, "%s", text);
}

static bool
plain_name(const char *s)
{
	if (!isalpha((unsigned char)*s) && *s != '_')
		return false;
	while (isalnum((unsigned char)*s) || *s == '_')
		s++;
	return !*s;
}

/* C keeps these for compilers: what a macro stands for often looks so. */
static bool
reserved_in_c(const char *s)
{
	return (s[0] == '_' && (isupper((unsigned char)s[1]) || s[1] == '_')) ||
	       text_starts(s, "DEESSE_") || text_starts(s, "deesse_");
}

/* Returns the name as its author wrote it, where that is another. */
static const char *
written_name(struct lowering *l, const struct deesse_item *item)
{
	const struct scan *s =
	    sources_scan(l->arena, &l->build->sources, item->file);
	const struct c_item *at = s ? locate(s, item) : NULL;
	const struct c_token *t = at ? &s->tokens.v[at->open + 1] : NULL;

	if (!t || t->kind != C_WORD ||
	    !(c_is(t + 1, ",") || c_is(t + 1, ")")) ||
	    !strcmp(c_text(l->arena, t), item->name))
		return NULL;
	return c_text(l->arena, t);
}

bool
name_ok(struct lowering *l, const struct deesse_item *item)
{
	const char *what = kind_of(item->kind)->name;
	const char *name = item->name, *written;

	if (!*name || *name == '.') {
		tell(l, item, NULL, "%s has no name", what);
		return false;
	}
	if (plain_name(name) && !reserved_in_c(name))
		return true;
	written = written_name(l, item);
	if (written)
		tell(l, item, NULL,
		    "the name '%s' is a macro; write %s(%s_, .%s = \"%s\")",
		    written, what, written,
		    item->kind == DEESSE_KIND_COLLECTION ? "table" : "column",
		    written);
	else if (*name == '"' && text_ends(name, "\"") && strlen(name) > 2)
		tell(l, item, NULL,
		    "a name stands without quotes: write %s(%.*s)", what,
		    (int)strlen(name) - 2, name + 1);
	else if (plain_name(name))
		tell(l, item, NULL,
		    "the name '%s' is reserved in C; use another", name);
	else if (strstr(name, " ."))
		tell(l, item, NULL,
		    "a comma is missing: write %s(%.*s, .option = …)", what,
		    (int)strcspn(name, " "), name);
	else
		tell(l, item, NULL,
		    "'%s' is no name: a name is made of letters, digits and "
		    "_, and does not begin with a digit",
		    name);
	return false;
}

bool
column_ok(struct lowering *l, const struct deesse_item *item,
    const char *option, const char *name)
{
	if (!*name) {
		tell(l, item, option, ".%s is empty", option);
		return false;
	}
	if (l->rules->name_max && strlen(name) > l->rules->name_max) {
		tell(l, item, option,
		    "the name '%s' has %zu bytes; %s takes %zu", name,
		    strlen(name), l->rules->title, l->rules->name_max);
		return false;
	}
	if (text_starts(name, "_deesse")) {
		tell(l, item, option,
		    "the name '%s' belongs to deesse: names that begin with "
		    "_deesse are its own",
		    name);
		return false;
	}
	return true;
}

static bool
is_free(struct lowering *l, const struct deesse_item *item, const char *option,
    const char *name, const char *own)
{
	if (!own || !text_starts(name, own))
		return true;
	tell(l, item, option,
	    "the name '%s' belongs to the database: names that begin with %s "
	    "are its own",
	    name, own);
	return false;
}

bool
physical_ok(struct lowering *l, const struct deesse_item *item,
    const char *option, const char *name)
{
	return column_ok(l, item, option, name) &&
	       is_free(l, item, option, name, l->rules->own_names);
}

bool
schema_ok(struct lowering *l, const struct deesse_item *item, const char *name)
{
	return column_ok(l, item, "schema", name) &&
	       is_free(l, item, "schema", name, l->rules->own_schemas);
}

const char *
made_name(struct lowering *l, const char *table, const char *column,
    const char *suffix)
{
	return sql_made_name(
	    l->arena, l->rules->name_max, table, column, suffix);
}

static const char *
folded(struct lowering *l, const char *schema, const char *name)
{
	char *s = arena_fmt(&l->work, "%s\n%s", schema ? schema : "", name);

	if (schema_same_name(l->dialect, "a", "A"))
		for (char *p = s; *p; p++)
			*p = (char)((*p >= 'A' && *p <= 'Z') ? *p + 32 : *p);
	return s;
}

struct claimed {
	const struct source *at;
	const char *what;
};

void
claim(struct lowering *l, struct map *names, const char *schema,
    const char *name, const struct deesse_item *item, const struct source *at,
    const char *what, const char *other)
{
	struct claimed *mine = arena_new(&l->work, struct claimed);
	const struct claimed *first;

	mine->at = at;
	mine->what = lower_kept(l, what);
	first = map_put(&l->work, names, folded(l, schema, name), mine);
	if (first)
		tell(l, item, NULL,
		    "%s would be called '%s', and so would %s at %s:%d; %s "
		    "gives another name",
		    what, name, first->what, first->at->file, first->at->line,
		    other);
}

static const char *const portable[PORTABLE_COUNT] = {
	[PORTABLE_NOW] = NOW,
	[PORTABLE_TODAY] = TODAY,
	[PORTABLE_UUID] = NEW_UUID,
};

/* Returns the length of the text without a comment to the end of its line, if
 * it ends in one: what is written behind it would belong to that. */
static size_t
without_comment(struct lowering *l, const char *text)
{
	struct lexer lexer;
	struct token t;
	size_t n = strlen(text), end = 0;

	if (!strstr(text, "--"))
		return n;
	lex_init(&lexer, l->dialect, text, n);
	while (lex_next(&lexer, &t))
		end = (size_t)(t.at - text) + t.len;
	lex_release(&lexer);
	return strstr(text + end, "--") ? end : n;
}

const char *
lower_kept(struct lowering *l, const char *s)
{
	char *kept = map_get(&l->texts, s);

	if (!kept) {
		kept = arena_strdup(l->arena, s);
		map_put(&l->work, &l->texts, kept, kept);
	}
	return kept;
}

static struct expr
lower_text(struct lowering *l, const char *text, bool whole)
{
	struct buf b = { 0 };
	struct expr e = { 0 };

	if (!text)
		return e;
	while (*text) {
		size_t n = 0;

		for (int i = 0; i < PORTABLE_COUNT; i++) {
			if (!text_starts(text, portable[i]))
				continue;
			buf_puts(&b, sql_portable(l->dialect, i));
			n = strlen(portable[i]);
		}
		if (!n)
			buf_putc(&b, *text);
		text += n ? n : 1;
	}
	if (!whole)
		buf_cut(&b, without_comment(l, buf_str(&b)));
	e.text = lower_kept(l, buf_str(&b));
	e.key = lower_kept(l, sql_key(&l->brief, l->dialect, e.text));
	buf_release(&b);
	return e;
}

struct expr
lower_expr(struct lowering *l, const char *text)
{
	return lower_text(l, text, false);
}

struct expr
lower_whole(struct lowering *l, const char *text)
{
	return lower_text(l, text, true);
}

const char *
quoted(struct lowering *l, const char *name)
{
	struct buf b = { 0 };
	const char *s;

	sql_ident(&b, l->dialect, name);
	s = arena_strdup(&l->brief, buf_str(&b));
	buf_release(&b);
	return s;
}

/* Says how what is no field is written, where that can be told. */
static const char *
instead_of_field(struct lowering *l, const struct lowered *c, const char *name)
{
	static const char *const orders[] = { " desc", " asc" };
	size_t n = strlen(name);

	if (n > 2 && *name == '"' && name[n - 1] == '"')
		return "; it stands without quotes here";

	for (size_t i = 0; i < 2; i++) {
		size_t len = strlen(orders[i]);
		const char *field =
		    arena_strndup(l->arena, name, n > len ? n - len : 0);

		if (n > len && text_same_nocase(name + n - len, orders[i]) &&
		    field_named(c, field))
			return arena_fmt(l->arena,
			    i ? "; the order is ascending without a word: "
				"\"%s\""
			      : "; write DESC(\"%s\")",
			    field);
	}
	return strpbrk(name, "(+-*/|")
		   ? arena_fmt(l->arena,
			 "; an expression is written EXPR(\"%s\")", name)
		   : "";
}

struct field *
find_field(struct lowering *l, struct lowered *c, const char *name,
    const struct deesse_item *item, const char *option)
{
	struct field *f = field_named(c, name);
	struct names all = { 0 };
	const char *meant;

	for (size_t i = 0; !f && i < c->fields.n; i++)
		if (!strcmp(c->fields.v[i]->as, name))
			f = c->fields.v[i];
	if (f)
		return f;
	for (size_t i = 0; i < c->fields.n; i++)
		vec_push(l->arena, &all, c->fields.v[i]->name);
	meant = *name == '"' ? NULL : text_nearest(name, all.v, all.n);
	if (meant)
		tell(l, item, option,
		    "%s has no field '%s'; did you mean '%s'?", c->slug, name,
		    meant);
	else
		tell(l, item, option, "%s has no field '%s'%s", c->slug, name,
		    instead_of_field(l, c, name));
	return NULL;
}

/* Tells where the other dialect has the collection. */
static bool
for_other(struct lowering *l, const char *slug, const struct deesse_item *item,
    const char *option)
{
	static const char *const words[] = { NULL, "SQLITE", "POSTGRES" };
	const struct collections *all = &l->build->object.collections;
	const struct kind *k = kind_of(item->kind);
	enum deesse_only only = DEESSE_EVERYWHERE;

	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].head && !strcmp(all->v[i].head->item.name, slug))
			only = all->v[i].head->only;
	if (!only)
		return false;
	if (kind_option(k, "only", 4))
		tell(l, item, option, "'%s' is .only = %s; say so here, too",
		    slug, words[only]);
	else
		tell(l, item, option,
		    "'%s' is .only = %s; put this between #ifdef DEESSE_%s and "
		    "#endif",
		    slug, words[only], words[only]);
	return true;
}

struct lowered *
find_collection(struct lowering *l, const char *slug,
    const struct deesse_item *item, const char *option)
{
	struct lowered *c = map_get(&l->slugs, slug);
	struct names all = { 0 };
	const char *meant, *elsewhere;

	if (c)
		return c;
	if (!*slug || *slug == '.') {
		tell(l, item, NULL,
		    "%s(%s) does not say to which collection; write "
		    "%s(%s, target)",
		    kind_of(item->kind)->name, item->name,
		    kind_of(item->kind)->name, item->name);
		return NULL;
	}
	if (*slug == '"' && text_ends(slug, "\"") && strlen(slug) > 2) {
		tell(l, item, option,
		    "a name stands without quotes: write %s(%s, %.*s)",
		    kind_of(item->kind)->name, item->name,
		    (int)strlen(slug) - 2, slug + 1);
		return NULL;
	}
	for (size_t i = 0; i < l->all.n; i++)
		vec_push(l->arena, &all, l->all.v[i]->slug);
	meant = text_nearest(slug, all.v, all.n);
	elsewhere = collection_elsewhere(l, slug);
	if (for_other(l, slug, item, option))
		return NULL;
	if (elsewhere)
		tell(l, item, option,
		    "'%s' is a collection of another database (%s), which no "
		    "relation reaches; keep its key in a field of its own",
		    slug, elsewhere);
	else if (meant)
		tell(l, item, option,
		    "there is no collection '%s'; did you mean '%s'?", slug,
		    meant);
	else
		tell(l, item, option, "there is no collection '%s'", slug);
	return NULL;
}

void
take_was(struct arena *a, struct names *out, const struct deesse_was *w)
{
	if (w->one)
		vec_push(a, out, w->one);
	for (const char *const *s = w->list; s && *s; s++)
		vec_push(a, out, *s);
}

struct source
source_of(const struct deesse_item *item)
{
	return (struct source){ shown_path(item->file), item->line };
}

enum action
lower_action(enum deesse_action action)
{
	static const enum action actions[] = {
		[DEESSE_ACTION_UNSET] = ACTION_UNSET,
		[DEESSE_NO_ACTION] = ACTION_NO_ACTION,
		[DEESSE_RESTRICT] = ACTION_RESTRICT,
		[DEESSE_CASCADE] = ACTION_CASCADE,
		[DEESSE_SET_NULL] = ACTION_SET_NULL,
		[DEESSE_SET_DEFAULT] = ACTION_SET_DEFAULT,
	};

	return actions[action];
}

const char *
item_name(struct lowering *l, const struct lowered *c,
    const struct deesse_item *item, const char *name)
{
	if (name) {
		physical_ok(l, item, "name", name);
		return name;
	}
	name = arena_fmt(l->arena, "%s_%s", c->table->name, item->name);
	physical_ok(l, item, NULL, name);
	return name;
}

struct constraint *
add_constraint(struct lowering *l, struct lowered *c, enum constraint_kind kind,
    const struct deesse_item *item)
{
	struct constraint *k = arena_new(l->arena, struct constraint);

	k->kind = kind;
	k->source = source_of(item ? item : c->item);
	vec_push(l->arena, &c->table->constraints, k);
	return k;
}
