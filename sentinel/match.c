/* match - from a shape to the rows that know it
 *
 * Most runs judge a handful of statements, so a pattern is compiled when it
 * is first asked and gets machine code when it was asked often; before that,
 * the first words that a pattern can begin with are read off it, which leaves
 * a few rows to ask.
 */
#include "sentinel/rule.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <ctype.h>
#include <pcre2.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#define RULES_MAX 192 /* checked by the compiler's own table, see once() */
#define HEADS_MAX 16
#define OFTEN 16

struct state {
	struct {
		const char *at;
		size_t len;
	} heads[HEADS_MAX]; /* prefixes of its first word */
	size_t n_heads;
	pcre2_code *code;
	uint32_t table, column; /* numbers of its groups, 0: none */
	unsigned asked;
};

static struct state states[RULES_MAX];
static pcre2_match_data *match_data;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t prepared = PTHREAD_ONCE_INIT;

/* Returns what follows the group that begins at p. */
static const char *
after_group(const char *p)
{
	int depth = 0;

	for (; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (*p == '(')
			depth++;
		else if (*p == ')' && !--depth)
			return p + 1;
	}
	return p;
}

/* Adds what the alternatives of the pattern up to `end` can begin with. */
static void
add_heads(struct state *s, const char *p, const char *end)
{
	const char *start, *after;
	bool first = true;

	for (; p < end; p++) {
		if (*p == '|') {
			first = true;
			continue;
		}
		if (*p == '\\') {
			p++;
			first = false;
			continue;
		}
		if (*p == '(') {
			after = after_group(p);
			if (first && p[2] == ':') {
				add_heads(s, p + 3, after - 1);
				first = *after == '?';
			}
			p = after - 1;
			continue;
		}
		if (!first || *p == '?' || *p == '+')
			continue;
		for (start = p; islower((unsigned char)p[1]) || p[1] == '_';)
			p++;
		if (s->n_heads == HEADS_MAX)
			abort(); /* the table has outgrown this */
		s->heads[s->n_heads].at = start;
		s->heads[s->n_heads++].len = (size_t)(p + 1 - start);
		first = false;
	}
}

static void
prepare(void)
{
	if (sentinel_rules_n > RULES_MAX)
		abort(); /* as above: every test runs into it */
	for (size_t i = 0; i < sentinel_rules_n; i++) {
		const char *p = sentinel_rules[i].pattern;

		if (p)
			add_heads(&states[i], p, p + strlen(p));
	}
	match_data = pcre2_match_data_create(32, NULL);
}

/* A row whose pattern does not compile matches nothing, and what no row knows
 * is destructive; a test compiles them all. */
static pcre2_code *
code_of(size_t i)
{
	struct state *s = &states[i];
	struct buf b = { 0 };
	PCRE2_SIZE at;
	int code;

	if (s->code) {
		if (++s->asked == OFTEN)
			pcre2_jit_compile(s->code, PCRE2_JIT_COMPLETE);
		return s->code;
	}
	buf_fmt(&b, "\\A(?:%s)\\z", sentinel_rules[i].pattern);
	s->code = pcre2_compile((PCRE2_SPTR)b.s, b.len,
	    PCRE2_ANCHORED | PCRE2_DUPNAMES, &code, &at, NULL);
	buf_release(&b);
	if (!s->code)
		return NULL;
	code = pcre2_substring_number_from_name(s->code, (PCRE2_SPTR) "t");
	s->table = code > 0 ? (uint32_t)code : 0;
	code = pcre2_substring_number_from_name(s->code, (PCRE2_SPTR) "c");
	s->column = code > 0 ? (uint32_t)code : 0;
	return s->code;
}

static bool
may_match(const struct state *s, const struct shape *shape)
{
	for (size_t i = 0; i < s->n_heads; i++)
		if (s->heads[i].len <= shape->len &&
		    !memcmp(shape->text, s->heads[i].at, s->heads[i].len))
			return true;
	return false;
}

static void
group(uint32_t number, int matched, size_t *from, size_t *to)
{
	const PCRE2_SIZE *span = pcre2_get_ovector_pointer(match_data);
	bool set =
	    number && (int)number < matched && span[2 * number] != PCRE2_UNSET;

	*from = set ? span[2 * number] : 0;
	*to = set ? span[2 * number + 1] : 0;
}

static bool
matches(size_t i, const struct shape *s, struct hit *hit)
{
	pcre2_code *code = code_of(i);
	int n;

	if (!code || !match_data)
		return false;
	n = pcre2_match(
	    code, (PCRE2_SPTR)s->text, s->len, 0, 0, match_data, NULL);
	if (n < 0)
		return false;
	group(states[i].table, n, &hit->table, &hit->table_end);
	group(states[i].column, n, &hit->column, &hit->column_end);
	return true;
}

bool
rule_matches(size_t i, const struct shape *s, struct hit *hit)
{
	const struct rule *r = &sentinel_rules[i];
	bool yes;

	*hit = (struct hit){ 0 };
	if (!(r->dialects >> s->dialect & 1) ||
	    (r->fact && !shape_has(s, r->fact)))
		return false;
	if (!r->pattern)
		return true;
	pthread_once(&prepared, prepare);
	if (!may_match(&states[i], s))
		return false;
	pthread_mutex_lock(&lock);
	yes = matches(i, s, hit);
	pthread_mutex_unlock(&lock);
	return yes;
}

const struct rule *
rule_named(const char *name)
{
	for (size_t i = 0; i < sentinel_rules_n; i++)
		if (!strcmp(sentinel_rules[i].name, name))
			return &sentinel_rules[i];
	abort(); /* a misspelt constant of ours */
}
