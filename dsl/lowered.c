/* lowered - the schema of the sources, as it was lowered last
 *
 * How a schema is lowered is the program's, so that its file has to be the one
 * that wrote it: its size, its time and its number in the file system say so.
 */
#include "dsl/lowered.h"

#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "schema/binary.h"

#define PROGRAM "/proc/self/exe"

/* What the file begins with: a hash of what makes it valid, and of its bytes.
 */
static bool
seal(char hex[HASH_HEX], const char *key, const void *p, size_t n)
{
	struct stat st;
	struct hash h;

	if (stat(PROGRAM, &st))
		return false;
	hash_init(&h);
	hash_adds(&h, key);
	hash_add(&h, &st.st_dev, sizeof(st.st_dev));
	hash_add(&h, &st.st_ino, sizeof(st.st_ino));
	hash_add(&h, &st.st_size, sizeof(st.st_size));
	hash_add(&h, &st.st_mtim.tv_sec, sizeof(st.st_mtim.tv_sec));
	hash_add(&h, &st.st_mtim.tv_nsec, sizeof(st.st_mtim.tv_nsec));
	hash_add(&h, p, n);
	hash_hex(&h, hex);
	return true;
}

static const char *
path_of(struct arena *a, const struct cache *c)
{
	return file_join(a, c->dir, arena_fmt(a, "%s.schema", c->slot));
}

struct schema *
lowered_read(struct arena *a, const struct cache *c, const char *key)
{
	struct arena mine = { 0 };
	struct err ignored = { 0 };
	const char *path = path_of(&mine, c);
	struct schema *s = NULL;
	char hex[HASH_HEX];
	size_t n = 0;
	char *p =
	    file_exists(path) ? file_load(&mine, path, &n, &ignored) : NULL;

	if (p && n > HASH_HEX && seal(hex, key, p + HASH_HEX, n - HASH_HEX) &&
	    !memcmp(hex, p, HASH_HEX))
		s = schema_from_bytes(a, p + HASH_HEX, n - HASH_HEX);
	err_release(&ignored);
	arena_release(&mine);
	return s;
}

void
lowered_write(const struct cache *c, const char *key, const struct buf *bytes)
{
	struct arena mine = { 0 };
	struct err ignored = { 0 };
	struct buf b = { 0 };
	char hex[HASH_HEX];

	if (seal(hex, key, bytes->s, bytes->len)) {
		buf_add(&b, hex, HASH_HEX);
		buf_add(&b, bytes->s, bytes->len);
		file_remake(path_of(&mine, c), b.s, b.len, &ignored);
	}
	buf_release(&b);
	err_release(&ignored);
	arena_release(&mine);
}
