/* say - what a statement says of something that is there */
#include "sql/say.h"

#include "base/buf.h"
#include "sql/key.h"
#include "sql/quote.h"
#include "sql/reading.h"
#include "sql/routine.h"

/* -- comments ------------------------------------------------------------- */

/* Returns what the string token says. */
static const char *
string_value(struct arena *a, const struct token *t)
{
	struct buf b = { 0 };

	for (size_t i = 1; i + 1 < t->len; i++) {
		buf_putc(&b, t->at[i]);
		i += t->at[i] == '\'';
	}
	return buf_take(&b, a);
}

static bool
say_comment(struct reading *r, struct sayings *out, const char **why)
{
	struct subject s;
	struct saying one = { .kind = SAYING_COMMENT };
	const struct token *value;
	struct buf b = { 0 };
	const char *on;

	*why = "COMMENT ON is followed by a kind of thing, its name, and IS "
	       "'…'";
	if (!subject_read(r, 2, &s, why))
		return false;
	r->at = s.end;
	value = peek(r, 1);
	if (!token_is(peek(r, 0), "is") || r->at + 2 != r->tokens.n)
		return false;
	if (token_is(value, "null"))
		return true;
	if (value->kind != TOKEN_STRING || *value->at != '\'')
		return false;
	one.schema = s.schema;
	one.about = s.about;
	one.column = s.column;
	one.of = s.word;
	one.value = string_value(r->a, value);
	on = arena_fmt(r->a, "COMMENT ON %s", s.text);
	buf_fmt(&b, "%s IS ", on);
	sql_literal(&b, r->d, one.value);
	one.text = buf_take(&b, r->a);
	one.key = routine_key(r->a, r->d, one.text);
	one.name = routine_key(r->a, r->d, on);
	one.drop = arena_fmt(r->a, "%s IS NULL", on);
	vec_push(r->a, out, one);
	return true;
}

/* -- ALTER ---------------------------------------------------------------- */

/* It is taken back by the drop of what it is about. */
#define GOES_ALONG "-"

/* What ALTER may say, and what takes it back. In both, $ is a name and …
 * whatever follows; (…) is split at its commas, one saying each. A back of ""
 * means that it says what is so anyway; NULL, that nothing takes it back. */
static const struct setting {
	const char *said, *back;
	const char *which; /* what says the same of the thing; NULL: the words
			      of said up to the first … or ( */
} settings[] = {
	{ "owner to …", "OWNER TO CURRENT_USER", NULL },
	{ "enable row level security", "DISABLE ROW LEVEL SECURITY", NULL },
	{ "force row level security", "NO FORCE ROW LEVEL SECURITY", NULL },
	{ "owned by …", "OWNED BY NONE", NULL },
	{ "replica identity default", "", NULL },
	{ "replica identity …", "REPLICA IDENTITY DEFAULT",
	    "replica identity" },
	{ "cluster on …", "SET WITHOUT CLUSTER", NULL },
	{ "inherit …", "NO INHERIT …", "inherit …" },
	{ "of …", "NOT OF", NULL },
	{ "enable always trigger $", "ENABLE TRIGGER $", "trigger $" },
	{ "enable replica trigger $", "ENABLE TRIGGER $", "trigger $" },
	{ "disable trigger $", "ENABLE TRIGGER $", "trigger $" },
	{ "enable trigger $", "", NULL },
	{ "enable always rule $", "ENABLE RULE $", "rule $" },
	{ "enable replica rule $", "ENABLE RULE $", "rule $" },
	{ "disable rule $", "ENABLE RULE $", "rule $" },
	{ "enable rule $", "", NULL },
	{ "enable always", "ENABLE", "enable" },
	{ "enable replica", "ENABLE", "enable" },
	{ "disable", "ENABLE", "enable" },
	{ "enable", "", NULL },
	{ "set statistics …", "SET STATISTICS -1", NULL },
	{ "alter column $ set statistics …", "ALTER COLUMN $ SET STATISTICS -1",
	    NULL },
	{ "alter column $ set storage …", NULL, "alter column $ set storage" },
	{ "alter column $ set compression …",
	    "ALTER COLUMN $ SET COMPRESSION default", NULL },
	{ "alter column $ set default …", "ALTER COLUMN $ DROP DEFAULT",
	    "alter column $ default" },
	{ "alter column $ drop default", NULL, "alter column $ default" },
	{ "alter column $ set not null", "ALTER COLUMN $ DROP NOT NULL", NULL },
	{ "alter column $ set (…)", "ALTER COLUMN $ RESET (…)", NULL },
	{ "alter column $ options (…)", NULL, NULL },
	{ "set (…)", "RESET (…)", NULL },
	{ "add mapping for …", "DROP MAPPING FOR …", NULL },
	{ "alter mapping …", NULL, NULL },
	{ "drop mapping for …", NULL, NULL },
	{ "add constraint $ …", "DROP CONSTRAINT IF EXISTS $", NULL },
	{ "rename constraint $ to …", "RENAME CONSTRAINT … TO $",
	    "rename constraint $" },
	{ "validate constraint $", GOES_ALONG, NULL },
	{ "attach partition …", GOES_ALONG, "attach partition …" },
	{ "depends on extension $", "NO DEPENDS ON EXTENSION $",
	    "depends on extension $" },
};

/* Kinds of which only some are said so: a table's default is its collection's,
 * unless the table is a part of another. */
static const struct {
	const char *said, *kinds[4];
} only[] = {
	{ "set default", { "VIEW", "FOREIGN TABLE", "TABLE" } },
	{ "drop default", { "TABLE" } },
	{ "set not null", { "TABLE" } },
	{ "row level security", { "TABLE" } },
	{ "add constraint", { "DOMAIN", "TABLE" } },
	{ "rename constraint", { "TABLE" } },
	{ "validate constraint", { "TABLE" } },
	{ "attach partition", { "INDEX" } },
};

static const char *const *
only_of(const char *said)
{
	for (size_t i = 0; i < sizeof(only) / sizeof(*only); i++)
		if (strstr(said, only[i].said))
			return only[i].kinds;
	return NULL;
}

/* A setting as it was found at a place. */
struct found {
	const struct setting *setting;
	const char *name; /* what $ is, as SQL, or NULL */
	size_t rest, end; /* what … is */
};

static bool
matches(const struct reading *r, size_t at, size_t end, const char *said,
    struct found *f)
{
	while (*said) {
		size_t len = strcspn(said, " ");
		const char *word = arena_strndup(r->a, said, len);
		const struct token *t = at < end ? &r->tokens.v[at] : NULL;

		said += len + (said[len] == ' ');
		if (!strcmp(word, "…") || !strcmp(word, "(…)")) {
			f->rest = at;
			f->end = end;
			return t && (*word != '(' || token_is(t, "("));
		}
		/* ALTER a means ALTER COLUMN a */
		if (!strcmp(word, "column") && t && !token_is(t, "column"))
			continue;
		if (!t)
			return false;
		if (!strcmp(word, "$")) {
			struct buf b = { 0 };

			if (!token_names(t) && t->kind != TOKEN_NUMBER)
				return false;
			if (token_names(t))
				sql_ident(&b, r->d,
				    sql_unquote(r->a, r->d, t->at, t->len));
			else
				buf_add(&b, t->at, t->len);
			f->name = buf_take(&b, r->a);
		} else if (!token_is(t, word)) {
			return false;
		}
		at++;
	}
	f->rest = f->end = at;
	return at == end;
}

/* Writes words with $ and … in their place; keywords in capitals. */
static const char *
fill(const struct reading *r, const struct found *f, const char *words,
    const char *rest)
{
	struct buf b = { 0 };

	for (; *words; words++) {
		if (*words == '$') {
			buf_puts(&b, f->name ? f->name : "");
		} else if (!strncmp(words, "…", strlen("…"))) {
			buf_puts(&b, rest);
			words += strlen("…") - 1;
		} else if (*words >= 'a' && *words <= 'z') {
			buf_putc(&b, (char)(*words - 0x20));
		} else {
			buf_putc(&b, *words);
		}
	}
	return buf_take(&b, r->a);
}

/* Returns the first words of `said`, up to what is given. */
static const char *
words_of(struct arena *a, const char *said)
{
	const char *end = strstr(said, " (…)");

	if (!end)
		end = strstr(said, " …");
	return end ? arena_strndup(a, said, (size_t)(end - said)) : said;
}

/* Of whatever has a name beside tables ALTER TABLE says the owner. */
static const char *
owned_text(const struct reading *r, const struct subject *s)
{
	static const char *const relations[] = { "VIEW", "MATERIALIZED VIEW",
		"SEQUENCE", "FOREIGN TABLE" };

	for (size_t i = 0; i < sizeof(relations) / sizeof(*relations); i++)
		if (!strcmp(s->word, relations[i]))
			return arena_fmt(
			    r->a, "TABLE%s", s->text + strlen(s->word));
	return s->text;
}

static void
add_setting(const struct reading *r, const struct subject *of,
    const struct found *f, const char *rest, const char *parameter,
    struct sayings *out)
{
	const struct setting *set = f->setting;
	struct subject owned = *of;
	const struct subject *s = &owned;
	struct saying one = { .kind = SAYING_SETTING,
		.schema = s->schema,
		.about = s->about,
		.of = s->word };
	const char *which = set->which ? set->which : words_of(r->a, set->said);

	if (!strncmp(set->said, "owner", strlen("owner")))
		owned.text = owned_text(r, of);
	one.adds = strstr(set->said, "add ") == set->said ||
		   strstr(set->said, "rename ") == set->said;
	one.part = only_of(set->said) && !strcmp(s->word, "TABLE");
	one.only = s->only && one.part && !strncmp(set->said, "add ", 4);
	if (one.only)
		owned.text =
		    arena_fmt(r->a, "TABLE ONLY%s", of->text + strlen("TABLE"));
	one.text = arena_fmt(
	    r->a, "ALTER %s %s", s->text, fill(r, f, set->said, rest));
	one.key = routine_key(r->a, r->d, one.text);
	which = fill(r, f, which, rest);
	if (parameter)
		which = arena_fmt(r->a, "%s (%s)", which, parameter);
	one.name = set->back || set->which
		       ? routine_key(r->a, r->d,
			     arena_fmt(r->a, "ALTER %s %s", s->text, which))
		       : one.key;
	if (set->back && !strcmp(set->back, GOES_ALONG))
		one.drop = "";
	else if (set->back)
		one.drop = arena_fmt(r->a, "ALTER %s %s",
		    one.only ? of->text : s->text,
		    fill(r, f, set->back, parameter ? parameter : rest));
	vec_push(r->a, out, one);
}

/* (a = 1, b = 2): each parameter by itself. */
static void
add_parameters(const struct reading *r, const struct subject *s,
    const struct found *f, struct sayings *out)
{
	size_t from = f->rest + 1, last = f->end - 1;

	while (from < last) {
		size_t end = find_word(r, from, ","), sign;
		const char *name, *value = "true";

		if (end > last)
			end = last;
		sign = find_word(r, from, "=");
		if (sign < end)
			value = cut(r, sign + 1, end);
		else
			sign = end;
		name =
		    routine_text(r->a, r->d, &r->tokens.v[from], sign - from);
		add_setting(
		    r, s, f, arena_fmt(r->a, "%s=%s", name, value), name, out);
		from = end + 1;
	}
}

/* FOR a, b WITH c: each token by itself. */
static void
add_mappings(const struct reading *r, const struct subject *s,
    const struct found *f, struct sayings *out)
{
	size_t with = find_word(r, f->rest, "with"), from = f->rest;

	while (from < with) {
		size_t end = find_word(r, from, ",");

		if (end > with)
			end = with;
		add_setting(r, s, f,
		    arena_fmt(
			r->a, "%s %s", cut(r, from, end), cut(r, with, f->end)),
		    cut(r, from, end), out);
		from = end + 1;
	}
}

static bool
say_action(const struct reading *r, const struct subject *s, size_t from,
    size_t end, struct sayings *out)
{
	for (size_t i = 0; i < sizeof(settings) / sizeof(*settings); i++) {
		struct found f = { .setting = &settings[i] };
		const char *const *kind = only_of(settings[i].said);

		while (kind && *kind && strcmp(*kind, s->word) != 0)
			kind++;
		if ((kind && !*kind) ||
		    !matches(r, from, end, settings[i].said, &f))
			continue;
		if (settings[i].back && !*settings[i].back)
			return true;
		if (strstr(settings[i].said, "(…)"))
			add_parameters(r, s, &f, out);
		else if (strstr(settings[i].said, "add mapping"))
			add_mappings(r, s, &f, out);
		else
			add_setting(r, s, &f, cut(r, f.rest, f.end), NULL, out);
		return true;
	}
	return false;
}

static bool
say_alter(struct reading *r, struct sayings *out, const char **why)
{
	struct subject s;
	size_t from, end;
	bool many;

	*why = words_at(r, 1, "table")
		   ? "ALTER TABLE here says ENABLE ROW LEVEL SECURITY, OWNER "
		     "TO, the state of a trigger and the like; what else a "
		     "table is stands in its collection"
		   : "ALTER here says OWNER TO, OWNED BY, the mapping of a "
		     "text search configuration and the like; what else a "
		     "thing is stands in its definition";
	if (!subject_read(r, 1, &s, why))
		return false;
	many = !strcmp(s.word, "TABLE") || !strcmp(s.word, "FOREIGN TABLE");
	for (from = s.end; from < r->tokens.n; from = end + 1) {
		end = many ? find_word(r, from, ",") : r->tokens.n;
		if (!say_action(r, &s, from, end, out))
			return false;
	}
	return s.end < r->tokens.n;
}

bool
sql_say(struct arena *a, enum dialect d, const struct statement *s,
    struct sayings *out, const char **why)
{
	struct reading r;

	*why = NULL;
	reading_init(&r, a, d, s->text, s->len);
	if (words_at(&r, 0, "comment on"))
		return say_comment(&r, out, why);
	if (words_at(&r, 0, "alter") && !words_at(&r, 0, "alter default"))
		return say_alter(&r, out, why);
	return false;
}
