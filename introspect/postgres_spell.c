/* postgres_spell - what is declared, as this server would spell it
 *
 * The catalog spells expressions its own way, so that a text and what became of
 * it are compared by what the server says of both. It is asked only about what
 * is not the same yet, and once: what it said is kept in a file. Views,
 * functions, policies … name things that are not there yet, and would lock
 * those that are: they are paired in the transaction that makes them.
 */
#include "introspect/postgres_spell.h"

#include <string.h>

#include "base/text.h"
#include "db/postgres.h"
#include "introspect/postgres.h"
#include "sql/define.h"
#include "sql/key.h"
#include "sql/lex.h"

#define D DIALECT_POSTGRES

struct spelling {
	struct arena *a;      /* of the declared schema */
	struct arena scratch; /* gone at the end */
	struct db *db;
	struct schema *declared;
	const struct schema *current; /* or NULL */
	struct spelling_cache cache;
	struct spelling_context context;
	bool asks;                /* about all of the table, not only what must
				     not wait */
	struct asked_list asked;  /* what nobody knows yet */
	struct asked_list doubts; /* the server has spelt it, but differently */
	struct asked *answered;   /* the table whose answers are read */
	struct names *unproven;   /* what could not be asked; or NULL */
	struct names rebound;     /* functions of which not the same
				     stand there now and later */
	struct spelling_pairs pairs;
	struct err *err;
};

/* -- the server ------------------------------------------------------------ */

/* What makes servers spell differently: the version, and what a name without a
 * schema means, which the session has said (db/postgres.c). */
static void
know_server(struct spelling *s)
{
	struct postgres_db *p = (struct postgres_db *)s->db;

	s->context.server = arena_fmt(&s->scratch, "%d %s",
	    p->pq->PQserverVersion(p->conn) / 10000, POSTGRES_SEARCH_PATH);
	spelling_context_types(&s->scratch, &s->context, s->declared);
}

static void
enter(struct spelling *s, struct table *t)
{
	s->context.table = t;
	*s->context.columns = '\0';
}

/* Gives the spot what was said of it, in memory that stays. */
static void
settle(struct spelling *s, struct spot *spot, const char *spelt)
{
	const char *mine = spot_key(spot);

	if (spelt && mine && !strcmp(spelt, mine))
		return;
	spot_settle(spot, spelt ? arena_strdup(s->a, spelt) : NULL);
}

/* -- what passes ------------------------------------------------------------
 */

/* Does the text hold a string that means the moment in which it is read? */
static bool
is_fleeting(const char *text)
{
	static const char *const words[] = { "now", "today", "tomorrow",
		"yesterday" };
	struct lexer l;
	struct token t;
	bool found = false;

	lex_init(&l, D, text, strlen(text));
	while (!found && lex_next(&l, &t)) {
		const char *s = t.at, *end = t.at + t.len;

		while (t.kind == TOKEN_STRING && !found && s < end) {
			char word[12] = "";
			size_t n = strcspn(s, " \t\n'$");

			if (s + n > end)
				n = (size_t)(end - s);
			if (n < sizeof(word))
				memcpy(word, s, n);
			for (size_t i = 0; i < 4; i++)
				found |= text_same_nocase(word, words[i]);
			s += n + 1;
		}
	}
	lex_release(&l);
	return found;
}

static bool
refuse_fleeting(struct spelling *s, const struct spot *spot)
{
	return err_fail(s->err,
	    "%s:%d: the default of %s, %s, is read when it is written into the "
	    "table, and would be that moment for all rows; write now(), "
	    "CURRENT_DATE or CURRENT_TIME",
	    spot->source.file ? spot->source.file : "?", spot->source.line,
	    spot_name(&s->scratch, spot), spot->expr->text);
}

/* -- what is bound to a function that is not there yet --------------------- */

static bool
has_function(const struct schema *in, const char *name)
{
	for (size_t i = 0; i < in->objects.n; i++)
		if (object_traits(in->objects.v[i]->kind)->signature &&
		    text_same_nocase(in->objects.v[i]->name, name))
			return true;
	return false;
}

/* Of a name that is new there is nothing yet that a call could be bound to. */
static void
note_rebound(
    struct spelling *s, const struct objects *some, const struct schema *others)
{
	for (size_t i = 0; i < some->n; i++) {
		const struct object *o = some->v[i];

		if (object_traits(o->kind)->signature &&
		    !schema_object_like(others, o) &&
		    has_function(s->current, o->name))
			vec_push(&s->scratch, &s->rebound, o->name);
	}
}

/* The server would spell the call of one that goes: f(1) as f((1)::bigint). */
static bool
is_rebound(struct spelling *s, const struct spot *spot)
{
	struct names called = { 0 };

	if (!s->rebound.n || !spot->expr || !spot->expr->text)
		return false;
	sql_called_names(&s->scratch, D, spot->expr->text, &called);
	for (size_t i = 0; i < called.n; i++)
		for (size_t k = 0; k < s->rebound.n; k++)
			if (text_same_nocase(called.v[i], s->rebound.v[k]))
				return true;
	return false;
}

/* -- what is asked -----------------------------------------------------------
 */

static void *
address(const struct spot *s)
{
	return s->expr ? (void *)s->expr : (void *)s->word;
}

struct asked_spot *
asked_find(const struct asked *x, const struct spot *s)
{
	for (size_t i = 0; i < x->spots.n; i++)
		if (x->spots.v[i].at == address(s))
			return &x->spots.v[i];
	return NULL;
}

/* Tables are looked at one after the other. */
static void
add(struct spelling *s, struct asked_list *list, const struct spot *spot,
    const char *hash)
{
	struct asked_spot one = { .at = address(spot),
		.hash = hash ? arena_strdup(&s->scratch, hash) : NULL };
	struct asked *last = list->n ? list->v[list->n - 1] : NULL;

	if (!last || last->table != spot->table) {
		last = arena_new(&s->scratch, struct asked);
		last->table = spot->table;
		vec_push(&s->scratch, list, last);
	}
	vec_push(&s->scratch, &last->spots, one);
}

static bool
passes(const struct spot *spot)
{
	return spot->kind == SPOT_DEFAULT && is_fleeting(spot->expr->text);
}

static void
look(void *arg, struct spot *spot)
{
	struct spelling *s = arg;
	char hash[HASH_HEX];
	const char *spelt;

	if (spot_same(spot))
		return;
	spot_hash(&s->context, spot, hash);
	if (!is_rebound(s, spot) && spelling_get(&s->cache, hash, &spelt)) {
		settle(s, spot, spelt);
		if (spot->expr && spot->met && !spot_same(spot))
			add(s, &s->doubts, spot, hash);
	} else if (s->current && (s->asks || passes(spot))) {
		add(s, &s->asked, spot, NULL);
	}
}

/* A table that goes may be the one that comes, by what stands in it. */
static bool
some_go(const struct spelling *s)
{
	for (size_t i = 0; i < s->current->tables.n; i++) {
		const struct table *t = s->current->tables.v[i];

		if (!schema_table(s->declared, t->schema, t->name))
			return true;
	}
	return false;
}

static void
look_at_all(struct spelling *s)
{
	bool go = s->current && some_go(s);

	for (size_t i = 0; i < s->declared->tables.n; i++) {
		struct table *t = s->declared->tables.v[i];
		const struct table *o =
		    s->current ? spots_table(s->current, t) : NULL;

		if (o == t)
			continue;
		s->asks = o || go;
		spots_settle_columns(s->a, t);
		enter(s, t);
		spots_walk(t, o, look, s);
	}
}

/* -- what is answered ---------------------------------------------------------
 */

static void
take_spot(void *arg, struct spot *spot)
{
	struct spelling *s = arg;
	struct asked_spot *row = asked_find(s->answered, spot);
	char hash[HASH_HEX];

	if (!row || !spot->met || s->err->kind || is_rebound(s, spot))
		return;
	if (passes(spot) && !(spot->other && is_fleeting(spot->other))) {
		refuse_fleeting(s, spot);
		return;
	}
	spot_hash(&s->context, spot, hash);
	row->hash = arena_strdup(&s->scratch, hash);
	spelling_put(&s->cache, hash, spot->other);
	settle(s, spot, spot->other);
}

static void
take(void *arg, struct asked *x, struct table *spelt)
{
	struct spelling *s = arg;

	s->answered = x;
	enter(s, x->table);
	spots_walk(x->table, spelt, take_spot, s);
}

static void
doubt_answer(void *arg, struct spot *spot)
{
	struct spelling *s = arg;
	struct asked_spot *row = asked_find(s->answered, spot);

	if (!row || (row->hash && (!spot->expr || !spot->met)))
		return;
	row->open = !row->hash;
	if (row->hash && !spot_same(spot))
		add(s, &s->doubts, spot, row->hash);
}

static bool
ask_server(struct spelling *s)
{
	const char *why;

	if (!s->asked.n)
		return true;
	if (!scratch_ask(&s->scratch, s->db, s->declared, s->current, &s->asked,
		take, s, &why, s->err))
		return false;
	for (size_t i = 0; i < s->asked.n; i++) {
		s->answered = s->asked.v[i];
		spots_walk(s->answered->table,
		    spots_table(s->current, s->answered->table), doubt_answer,
		    s);
	}
	return true;
}

/* Both texts are the same one to the server. */
static void
agree(void *arg, struct spot *spot, const struct asked_spot *row)
{
	struct spelling *s = arg;

	spelling_put(&s->cache, row->hash, spot->other);
	settle(s, spot, spot->other);
}

static bool
ask_round(struct spelling *s)
{
	return scratch_ask_again(&s->scratch, s->db, s->declared, s->current,
	    &s->doubts, agree, s, s->err);
}

/* -- what the database keeps of what was made ------------------------------ */

/* Has the database said of the text that it is spelt as it is now? That may be
 * NULL: the server keeps nothing there. */
static bool
is_pair(struct spelling *s, const char *declared, const char *now)
{
	const char *spelt = map_get(&s->pairs.known, declared);
	char hash[HASH_HEX];

	if (!spelt)
		return false;
	spelling_text_hash(now, hash);
	return !strcmp(spelt, hash);
}

static void
want_pair(struct spelling *s, const char *hash)
{
	vec_push(
	    &s->scratch, &s->pairs.hashes, arena_strdup(&s->scratch, hash));
}

/* Returns what the database has of the object, where it is spelt another way.
 * Rights are spelt by us, on either side: where they differ, they do. */
static const struct object *
other_text(const struct spelling *s, const struct object *o)
{
	const struct object *other = schema_object_like(s->current, o);
	bool ours =
	    o->kind == OBJECT_GRANT || o->kind == OBJECT_DEFAULT_PRIVILEGES;

	return !ours && other && other != o && !expr_equal(&other->sql, &o->sql)
		   ? other
		   : NULL;
}

static void
look_for_pair(void *arg, struct spot *spot)
{
	struct spelling *s = arg;
	struct asked_spot *row = asked_find(s->answered, spot);
	char hash[HASH_HEX];

	if (!row || !row->open)
		return;
	spot_hash(&s->context, spot, hash);
	row->hash = arena_strdup(&s->scratch, hash);
	want_pair(s, hash);
}

static void
take_pair(void *arg, struct spot *spot)
{
	struct spelling *s = arg;
	struct asked_spot *row = asked_find(s->answered, spot);

	if (!row || !row->open)
		return;
	if (spot->met && is_pair(s, row->hash, spot->other))
		settle(s, spot, spot->other);
	else if (s->unproven)
		vec_push(s->a, s->unproven, spot_name(s->a, spot));
}

static void
walk_asked(struct spelling *s, void (*see)(void *arg, struct spot *spot))
{
	for (size_t i = 0; i < s->asked.n; i++) {
		s->answered = s->asked.v[i];
		enter(s, s->answered->table);
		spots_walk(s->answered->table,
		    spots_table(s->current, s->answered->table), see, s);
	}
}

static bool
ask_pairs(struct spelling *s)
{
	char hash[HASH_HEX];

	s->pairs.a = &s->scratch;
	walk_asked(s, look_for_pair);
	for (size_t i = 0; i < s->declared->objects.n; i++)
		if (other_text(s, s->declared->objects.v[i])) {
			object_hash(s->declared->objects.v[i], hash);
			want_pair(s, hash);
		}
	if (!pairs_read(&s->pairs, s->db, s->err))
		return false;
	walk_asked(s, take_pair);
	for (size_t i = 0; i < s->declared->objects.n; i++) {
		struct object *o = s->declared->objects.v[i];
		const struct object *other = other_text(s, o);

		if (!other)
			continue;
		object_hash(o, hash);
		if (is_pair(s, hash, other->sql.key))
			o->sql.key = arena_strdup(s->a, other->sql.key);
	}
	return true;
}

/* -- before the comparison ------------------------------------------------- */

bool
postgres_spell(struct arena *a, struct db *db, struct schema *declared,
    const struct schema *current, const char *state_dir, struct names *unproven,
    struct err *err)
{
	struct spelling s = { .a = a,
		.db = db,
		.declared = declared,
		.current = current,
		.unproven = unproven,
		.err = err };
	bool ok = true;

	know_server(&s);
	spelling_read(&s.cache, &s.scratch, state_dir);
	if (current) {
		spell_search(a, db, declared, current);
		note_rebound(&s, &declared->objects, current);
		note_rebound(&s, &current->objects, declared);
	}
	look_at_all(&s);
	if (current)
		ok = ask_server(&s) && ask_round(&s) && ask_pairs(&s);
	if (ok)
		spelling_write(&s.cache);
	arena_release(&s.scratch);
	return ok;
}

/* -- after a plan has run -------------------------------------------------- */

/* Is the spelling the text's own, so that no server has been asked yet? */
static bool
is_own(struct spelling *s, const struct spot *spot)
{
	const char *key = spot_key(spot);
	const char *own = sql_key(&s->scratch, D, spot->expr->text);

	return key && own && !strcmp(key, own);
}

static void
add_pair(struct spelling *s, const char *declared, const char *spelt)
{
	char hash[HASH_HEX];

	spelling_text_hash(spelt, hash);
	want_pair(s, declared);
	want_pair(s, hash);
}

static void
look_after(void *arg, struct spot *spot)
{
	struct spelling *s = arg;
	char hash[HASH_HEX];

	if (spot_same(spot) || !spot->met)
		return;
	spot_hash(&s->context, spot, hash);
	if (spot->word && !s->unproven->n) {
		add(s, &s->asked, spot, NULL);
	} else if (spot->expr && !is_own(s, spot)) {
		add(s, &s->doubts, spot, hash);
	} else {
		spelling_put(&s->cache, hash, spot->other);
		if (s->unproven->n)
			add_pair(s, hash, spot->other);
		settle(s, spot, spot->other);
	}
}

static void
pair_objects(struct spelling *s)
{
	for (size_t i = 0; i < s->declared->objects.n; i++) {
		struct object *o = s->declared->objects.v[i];
		const struct object *other = other_text(s, o);
		char hash[HASH_HEX];

		if (!other)
			continue;
		object_hash(o, hash);
		add_pair(s, hash, other->sql.key);
		o->sql.key = arena_strdup(s->a, other->sql.key);
	}
}

static bool
write_pairs(struct spelling *s)
{
	s->pairs.a = &s->scratch;
	pair_objects(s);
	return pairs_write(&s->pairs, s->db, s->err);
}

bool
postgres_spelled(struct arena *a, struct db *db, struct schema *target,
    const struct schema *now, const char *state_dir,
    const struct names *unproven, struct err *err)
{
	struct names before = unproven ? *unproven : (struct names){ 0 };
	struct spelling s = { .a = a,
		.db = db,
		.declared = target,
		.current = now,
		.unproven = &before,
		.err = err };
	bool ok;

	know_server(&s);
	spelling_read(&s.cache, &s.scratch, state_dir);
	for (size_t i = 0; i < target->tables.n; i++) {
		struct table *t = target->tables.v[i];
		const struct table *o = schema_table(now, t->schema, t->name);

		enter(&s, t);
		/* who cannot ask knows the types as declared only */
		if (before.n)
			spelling_context_columns(&s.context);
		if (o && o != t)
			spots_walk(t, o, look_after, &s);
	}
	ok = write_pairs(&s);
	s.unproven = NULL;
	ok = ok && ask_server(&s) && ask_round(&s);
	if (ok)
		spelling_write(&s.cache);
	arena_release(&s.scratch);
	return ok;
}
