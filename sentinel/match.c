/* match - from a shape to the rows that know it
 *
 * Most runs judge a handful of statements, so a pattern is compiled when it
 * is first asked and gets machine code when it was asked often. Which rows can
 * begin with the first two words of a statement is asked once (a partial
 * match) and kept, so that the rest of a statement meets a few rows only.
 */
#include "sentinel/rule.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

#define RULES_MAX 255
#define OFTEN 16
#define STACK (16 << 20) /* bytes for the longest statement that is known */
#define HEADS 1024       /* of them half are filled at most */

struct state {
	pcre2_code *code;
	uint32_t table, column; /* numbers of its groups, 0: none */
	unsigned asked;
	bool broken;
	bool jit;
};

/* The rows that may know a statement which begins with these words. */
struct head {
	char *words;
	size_t len;
	enum dialect dialect;
	unsigned char rules[RULES_MAX];
	size_t n;
};

static struct state states[RULES_MAX];
static pcre2_match_data *match_data;
static pcre2_match_context *match_context;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct head *heads[HEADS];
static size_t n_heads;

static pcre2_code *
code_of(size_t i)
{
	struct state *s = &states[i];
	struct buf b = { 0 };
	PCRE2_SIZE at;
	int code;

	if (s->broken)
		return NULL;
	if (s->code) {
		if (++s->asked == OFTEN)
			s->jit =
			    !pcre2_jit_compile(s->code, PCRE2_JIT_COMPLETE);
		return s->code;
	}
	buf_fmt(&b, "\\A(?:%s)\\z", sentinel_rules[i].pattern);
	s->code = pcre2_compile((PCRE2_SPTR)b.s, b.len,
	    PCRE2_ANCHORED | PCRE2_DUPNAMES, &code, &at, NULL);
	buf_release(&b);
	s->broken = !s->code;
	if (s->broken)
		return NULL;
	code = pcre2_substring_number_from_name(s->code, (PCRE2_SPTR) "t");
	s->table = code > 0 ? (uint32_t)code : 0;
	code = pcre2_substring_number_from_name(s->code, (PCRE2_SPTR) "c");
	s->column = code > 0 ? (uint32_t)code : 0;
	return s->code;
}

static size_t
head_length(const struct shape *s)
{
	const char *p = memchr(s->text, ' ', s->len);

	if (p)
		p = memchr(p + 1, ' ', s->len - (size_t)(p + 1 - s->text));
	return p ? (size_t)(p + 1 - s->text) : s->len;
}

/* Can the row match a text that goes on after the head? */
static bool
begins(size_t i, const char *words, size_t len)
{
	pcre2_code *code = code_of(i);

	return !code || pcre2_match(code, (PCRE2_SPTR)words, len, 0,
			    PCRE2_PARTIAL_HARD | PCRE2_NO_JIT, match_data,
			    NULL) != PCRE2_ERROR_NOMATCH;
}

static struct head *
make_head(const struct shape *s, size_t len)
{
	struct head *h = xmalloc(sizeof(*h));

	*h = (struct head){ .len = len, .dialect = s->dialect };
	h->words = xmalloc(len + 1);
	memcpy(h->words, s->text, len);
	h->words[len] = '\0';
	for (size_t i = 0; i < sentinel_rules_n; i++) {
		const struct rule *r = &sentinel_rules[i];

		if (r->pattern && r->dialects >> s->dialect & 1 &&
		    begins(i, h->words, len))
			h->rules[h->n++] = (unsigned char)i;
	}
	return h;
}

/* Returns the head of the shape; *owned is set where the caller must free it,
 * for names in a head could fill any table. */
static struct head *
head_of(const struct shape *s, bool *owned)
{
	size_t len = head_length(s), at = s->dialect;

	for (size_t i = 0; i < len; i++)
		at = (at ^ (unsigned char)s->text[i]) * 16777619u;
	for (at %= HEADS; heads[at]; at = (at + 1) % HEADS)
		if (heads[at]->len == len && heads[at]->dialect == s->dialect &&
		    !memcmp(heads[at]->words, s->text, len))
			return heads[at];
	*owned = n_heads >= HEADS / 2;
	if (*owned)
		return make_head(s, len);
	n_heads++;
	return heads[at] = make_head(s, len);
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

/* A row that cannot be asked is taken for one that says the worst. */
static bool
matches(size_t i, const struct shape *s, struct hit *hit)
{
	pcre2_code *code = code_of(i);
	int n;

	if (code && states[i].jit)
		n = pcre2_jit_match(code, (PCRE2_SPTR)s->text, s->len, 0, 0,
		    match_data, match_context);
	else
		n = !code ? PCRE2_ERROR_NULL
			  : pcre2_match(code, (PCRE2_SPTR)s->text, s->len, 0, 0,
				match_data, match_context);
	if (n == PCRE2_ERROR_NOMATCH)
		return false;
	if (n < 0) { /* out of a limit: the rule could have been the worst */
		*hit = (struct hit){ .rule = rule_named("unknown-statement") };
		return true;
	}
	hit->rule = &sentinel_rules[i];
	group(states[i].table, n, &hit->table, &hit->table_end);
	group(states[i].column, n, &hit->column, &hit->column_end);
	return true;
}

/* A lazy repeat keeps its place for each word: long views need a stack. */
static bool
prepare(void)
{
	if (match_data)
		return true;
	match_data = pcre2_match_data_create(32, NULL);
	match_context = pcre2_match_context_create(NULL);
	if (match_context)
		pcre2_jit_stack_assign(match_context, NULL,
		    pcre2_jit_stack_create(32 << 10, STACK, NULL));
	return match_data;
}

/* Is the last hit said already? Several rows may run out of a limit. */
static bool
is_repeated(const struct hit *hits, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++)
		if (hits[i].rule == hits[n - 1].rule)
			return true;
	return false;
}

size_t
rules_match(const struct shape *s, struct hit *hits, size_t max)
{
	struct head *h;
	bool owned = false;
	size_t n = 0;

	pthread_mutex_lock(&lock);
	if (prepare()) {
		h = head_of(s, &owned);
		for (size_t i = 0; i < h->n && n < max; i++) {
			const struct rule *r = &sentinel_rules[h->rules[i]];

			if (!r->fact || shape_has(s, r->fact))
				n += matches(h->rules[i], s, &hits[n]);
			n -= n && is_repeated(hits, n);
		}
		if (owned) {
			free(h->words);
			free(h);
		}
	}
	pthread_mutex_unlock(&lock);
	return n;
}

const struct rule *
rule_named(const char *name)
{
	for (size_t i = 0; i < sentinel_rules_n; i++)
		if (!strcmp(sentinel_rules[i].name, name))
			return &sentinel_rules[i];
	abort(); /* a misspelt constant of ours */
}
