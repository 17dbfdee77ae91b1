/* postgres_spell_cache - what a server has spelt is asked once
 *
 * One file: a line of its own, then hash and spelling of each pair, each with
 * its NUL, and at the end the hash of all that. It is read whole and believed
 * only where that hash is right. What was learned last stands first, and what
 * is beyond the limit is forgotten.
 */
#include "introspect/postgres_spell.h"

#include <string.h>

#include "base/file.h"

#define HEAD "deesse spelling 1\n"
#define HEAD_LEN (sizeof(HEAD) - 1)

/* How many pairs are kept. */
#define LIMIT 100000

static bool
is_whole(const char *p, size_t n)
{
	char hex[HASH_HEX];
	struct hash h;
	size_t body;

	if (n < HEAD_LEN + HASH_HEX || memcmp(p, HEAD, HEAD_LEN) != 0)
		return false;
	body = n - HASH_HEX;
	if (body > HEAD_LEN && p[body - 1] != '\0')
		return false;
	hash_init(&h);
	hash_add(&h, p, body);
	hash_hex(&h, hex);
	return !memcmp(hex, p + body, HASH_HEX);
}

void
spelling_read(struct spelling_cache *c, struct arena *a, const char *state_dir)
{
	struct err ignored = { 0 };
	const char *p, *end;
	size_t n;

	*c = (struct spelling_cache){ .a = a };
	if (!state_dir)
		return;
	c->dir = state_dir;
	c->path = file_join(a, state_dir, "spelling");
	p = file_exists(c->path) ? file_load(a, c->path, &n, &ignored) : NULL;
	err_release(&ignored);
	if (!p || !is_whole(p, n))
		return;
	end = p + n - HASH_HEX;
	for (p += HEAD_LEN; p < end;) {
		const char *hash = p, *spelt = p + strlen(p) + 1;

		if (spelt >= end)
			return;
		map_put(a, &c->known, hash, (void *)(size_t)spelt);
		vec_push(a, &c->order, hash);
		p = spelt + strlen(spelt) + 1;
	}
	c->old = c->order.n;
}

bool
spelling_get(struct spelling_cache *c, const char *hash, const char **spelt)
{
	const char *value = map_get(&c->known, hash);

	if (!value)
		return false;
	*spelt = *value ? value : NULL;
	return true;
}

void
spelling_put(struct spelling_cache *c, const char *hash, const char *spelt)
{
	const char *had = map_get(&c->known, hash);
	char *mine;

	spelt = spelt ? spelt : "";
	if (had && !strcmp(had, spelt))
		return;
	mine = arena_strdup(c->a, hash);
	map_put(c->a, &c->known, mine, arena_strdup(c->a, spelt));
	if (!had)
		vec_push(c->a, &c->order, mine);
	c->changed = true;
}

static void
add_pair(struct buf *b, const struct spelling_cache *c, const char *hash)
{
	const char *spelt = map_get(&c->known, hash);

	buf_add(b, hash, strlen(hash) + 1);
	buf_add(b, spelt, strlen(spelt) + 1);
}

void
spelling_write(struct spelling_cache *c)
{
	struct err ignored = { 0 };
	struct buf b = { 0 };
	char hex[HASH_HEX];
	struct hash h;
	size_t n = 0;

	if (!c->changed || !c->path)
		return;
	buf_puts(&b, HEAD);
	for (size_t i = c->order.n; i-- > c->old && n < LIMIT; n++)
		add_pair(&b, c, c->order.v[i]);
	for (size_t i = 0; i < c->old && n < LIMIT; i++, n++)
		add_pair(&b, c, c->order.v[i]);
	hash_init(&h);
	hash_add(&h, b.s, b.len);
	hash_hex(&h, hex);
	buf_add(&b, hex, HASH_HEX);
	if (file_mkdirs(c->dir, 0755, &ignored))
		file_remake(c->path, b.s, b.len, &ignored);
	err_release(&ignored);
	buf_release(&b);
	c->changed = false;
}
