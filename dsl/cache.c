/* cache - objects that need not be compiled again
 *
 * A file whose facts are those in the list is taken for unchanged, unless it
 * was changed so shortly before the list was written that a later change could
 * have left the same times: then, and where facts differ, its content is
 * hashed. The rule is that of git's index.
 */
#include "dsl/cache.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "dsl/header.h"

#define FORMAT "deesse cache 2"
#define KEPT 4             /* entries of a slot */
#define STALE_S 3600       /* what a killed process left goes after */
#define RACY_NS 2000000000 /* the coarsest clock of a file system */
#define SUFFIX ".files"

#ifndef DEESSE_VERSION
#define DEESSE_VERSION "0"
#endif

void
cache_key(const struct cache *c, struct cache_entry *e)
{
	struct hash h;

	hash_init(&h);
	hash_adds(&h, FORMAT);
	hash_adds(&h, DEESSE_VERSION);
	hash_add(&h, dsl_header_text, dsl_header_size);
	hash_adds(&h, c->slot);
	hash_adds(&h, c->args);
	for (size_t i = 0; i < e->files.n; i++) {
		hash_adds(&h, e->files.v[i].path);
		hash_adds(&h, e->files.v[i].hash);
	}
	hash_hex(&h, e->key);
}

/* ------------------------------- the list ------------------------------- */

static void
write_list(struct buf *b, const struct cache *c, const struct cache_entry *e)
{
	struct hash h;
	char sum[HASH_HEX];

	buf_fmt(b, "%s\nargs %s\nkey %s\nstamp %" PRId64 "\n", FORMAT, c->args,
	    e->key, e->stamp);
	for (size_t i = 0; i < e->objects.n; i++)
		buf_fmt(b, "object %zu %s\n", e->objects.v[i].size,
		    e->objects.v[i].hash);
	for (size_t i = 0; i < e->files.n; i++) {
		const struct source_file *f = &e->files.v[i];

		buf_fmt(b,
		    "%s %" PRId64 " %" PRId64 " %" PRId64 " %" PRIu64
		    " %s %s\n",
		    i < e->listed ? "file" : "also", f->facts.size,
		    f->facts.mtime, f->facts.ctime, f->facts.inode, f->hash,
		    f->path);
	}
	hash_init(&h);
	hash_add(&h, buf_str(b), b->len);
	hash_hex(&h, sum);
	buf_fmt(b, "sum %s\n", sum);
}

/* Checks the last line, a sum over all before it, and cuts it off. */
static bool
check_sum(struct buf *b)
{
	size_t tail = strlen("sum \n") + 2 * HASH_SIZE;
	char sum[HASH_HEX];
	struct hash h;

	if (b->len < tail)
		return false;
	hash_init(&h);
	hash_add(&h, b->s, b->len - tail);
	hash_hex(&h, sum);
	if (strncmp(b->s + b->len - tail, "sum ", 4) ||
	    strncmp(b->s + b->len - tail + 4, sum, 2 * HASH_SIZE))
		return false;
	buf_cut(b, b->len - tail);
	return true;
}

static void
take_hex(char hex[HASH_HEX], const char *s)
{
	size_t n = strnlen(s, HASH_HEX - 1);

	memcpy(hex, s, n);
	hex[n] = '\0';
}

static void
take_file(struct arena *a, struct cache_entry *e, char *s, bool listed)
{
	struct source_file f = { 0 };

	f.facts.size = strtoll(s, &s, 10);
	f.facts.mtime = strtoll(s, &s, 10);
	f.facts.ctime = strtoll(s, &s, 10);
	f.facts.inode = strtoull(s, &s, 10);
	if (strlen(s) < HASH_HEX + 2)
		return;
	take_hex(f.hash, s + 1);
	f.path = arena_strdup(a, s + 1 + HASH_HEX);
	vec_push(a, &e->files, f);
	e->listed += listed;
}

static void
take_line(
    struct arena *a, struct cache_entry *e, const char *args, char *s, bool *ok)
{
	struct cache_object o;

	if (text_starts(s, "file "))
		take_file(a, e, s + 5, true);
	else if (text_starts(s, "also "))
		take_file(a, e, s + 5, false);
	else if (text_starts(s, "args "))
		*ok = !strcmp(s + 5, args);
	else if (text_starts(s, "key "))
		take_hex(e->key, s + 4);
	else if (text_starts(s, "stamp "))
		e->stamp = strtoll(s + 6, NULL, 10);
	else if (text_starts(s, "object ")) {
		o = (struct cache_object){ 0 };
		o.size = strtoull(s + 7, &s, 10);
		take_hex(o.hash, *s ? s + 1 : s);
		vec_push(a, &e->objects, o);
	}
}

static bool
read_list(struct arena *a, struct cache_entry *e, const struct cache *c)
{
	struct err ignored = { 0 };
	struct buf b = { 0 };
	bool ok = false;

	if (file_read(&b, e->path, &ignored) && check_sum(&b) &&
	    text_starts(b.s, FORMAT "\n")) {
		char *s = b.s;

		ok = true;
		while (ok && *s) {
			char *end = s + strcspn(s, "\n");
			bool last = !*end;

			*end = '\0';
			take_line(a, e, c->args, s, &ok);
			s = end + !last;
		}
	}
	buf_release(&b);
	err_release(&ignored);
	return ok && e->objects.n;
}

/* ------------------------------- checking ------------------------------- */

static bool
unchanged(struct cache_entry *e, struct source_file *f)
{
	struct err ignored = { 0 };
	char hash[HASH_HEX];
	struct facts now;
	bool same;

	if (!facts_of(&now, f->path))
		return false;
	if (now.mtime > e->newest)
		e->newest = now.mtime;
	if (now.ctime > e->newest)
		e->newest = now.ctime;
	same = same_facts(&now, &f->facts);
	if (same && now.mtime < e->stamp - RACY_NS &&
	    now.ctime < e->stamp - RACY_NS)
		return true;
	if (now.size != f->facts.size || !hash_file(hash, f->path, &ignored)) {
		err_release(&ignored);
		return false;
	}
	f->facts = now;
	e->refreshed = true;
	return !strcmp(hash, f->hash);
}

static bool
holds(const struct cache *c, struct cache_entry *e)
{
	if (e->listed != c->listed.n)
		return false;
	for (size_t i = 0; i < e->listed; i++)
		if (strcmp(e->files.v[i].path, c->listed.v[i]))
			return false;
	for (size_t i = 0; i < e->files.n; i++)
		if (!unchanged(e, &e->files.v[i]))
			return false;
	return true;
}

struct found {
	const char *path;
	struct timespec written;
};
VEC(found_list, struct found);

static int
newest_first(const void *a, const void *b)
{
	const struct timespec *p = &((const struct found *)a)->written;
	const struct timespec *q = &((const struct found *)b)->written;

	if (p->tv_sec != q->tv_sec)
		return p->tv_sec > q->tv_sec ? -1 : 1;
	return p->tv_nsec == q->tv_nsec ? 0 : p->tv_nsec > q->tv_nsec ? -1 : 1;
}

/* Lists what begins and ends so, newest first. */
static void
list(struct arena *a, struct found_list *out, const char *dir,
    const char *prefix, const char *suffix)
{
	DIR *d = opendir(dir);
	struct dirent *entry;

	while (d && (entry = readdir(d))) {
		struct found f;
		struct stat st;

		if (!text_starts(entry->d_name, prefix) ||
		    !text_ends(entry->d_name, suffix))
			continue;
		f.path = file_join(a, dir, entry->d_name);
		if (stat(f.path, &st))
			continue;
		f.written = st.st_mtim;
		vec_push(a, out, f);
	}
	if (d)
		closedir(d);
	if (out->n)
		qsort(out->v, out->n, sizeof(*out->v), newest_first);
}

/* Returns where object i of the entry is. */
static const char *
object_path(struct arena *a, const char *list_path, size_t i)
{
	int n = (int)(strlen(list_path) - strlen(SUFFIX));

	return arena_fmt(a, "%.*s.%zu.o", n, list_path, i);
}

/* -------------------------------- writing ------------------------------- */

/* As file_write, but not flushed to the disk: a sum tells what a crash did. */
static bool
put(const char *path, const void *p, size_t n)
{
	struct buf tmp = { 0 };
	const char *s = p;
	bool ok;
	int fd;

	buf_fmt(&tmp, "%s.XXXXXX", path);
	fd = mkstemp(tmp.s);
	ok = fd >= 0;
	while (ok && n) {
		ssize_t done = write(fd, s, n);

		ok = done > 0;
		s += ok ? done : 0;
		n -= ok ? (size_t)done : 0;
	}
	ok = (fd < 0 || !close(fd)) && ok;
	ok = ok && !rename(tmp.s, path);
	if (!ok && fd >= 0)
		unlink(tmp.s);
	buf_release(&tmp);
	return ok;
}

static int64_t
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static bool
put_list(const struct cache *c, struct cache_entry *e)
{
	struct buf b = { 0 };
	bool ok;

	write_list(&b, c, e);
	ok = put(e->path, b.s, b.len);
	buf_release(&b);
	return ok;
}

/* Drops old entries of the slot, and what killed processes left behind. */
static void
prune(struct arena *a, const struct cache *c)
{
	struct found_list entries = { 0 }, all = { 0 };
	const char *prefix = arena_fmt(a, "%s-", c->slot);
	time_t now = time(NULL);

	list(a, &entries, c->dir, prefix, SUFFIX);
	for (size_t i = KEPT; i < entries.n; i++) {
		const char *path = entries.v[i].path;

		for (size_t k = 0; !unlink(object_path(a, path, k)); k++)
			;
		unlink(path);
	}
	list(a, &all, c->dir, "", "");
	for (size_t i = 0; i < all.n; i++) {
		const char *path = all.v[i].path;

		if (now - all.v[i].written.tv_sec > STALE_S &&
		    !text_ends(path, SUFFIX) && !text_ends(path, ".o") &&
		    *file_base(path) != '.')
			unlink(path);
	}
}

void
cache_store(struct arena *a, const struct cache *c, struct cache_entry *e)
{
	bool ok = true;

	cache_key(c, e);
	e->path = arena_fmt(a, "%s/%s-%.16s" SUFFIX, c->dir, c->slot, e->key);
	for (size_t i = 0; ok && i < e->objects.n; i++)
		ok = !rename(e->objects.v[i].path, object_path(a, e->path, i));
	if (ok && put_list(c, e))
		prune(a, c);
}

bool
cache_find(struct arena *a, const struct cache *c, struct cache_entry *e)
{
	struct found_list entries = { 0 };
	const char *prefix = arena_fmt(a, "%s-", c->slot);

	list(a, &entries, c->dir, prefix, SUFFIX);
	for (size_t i = 0; i < entries.n; i++) {
		int64_t looked = now_ns();

		*e = (struct cache_entry){ .path = entries.v[i].path };
		if (!read_list(a, e, c) || !holds(c, e))
			continue;
		for (size_t k = 0; k < e->objects.n; k++)
			e->objects.v[k].path = object_path(a, e->path, k);
		/* what was hashed need not be again, once it is old enough */
		if (e->refreshed && e->newest < looked - RACY_NS) {
			e->stamp = looked;
			put_list(c, e);
		} else if (i > 0) {
			utimensat(AT_FDCWD, e->path, NULL, 0);
		}
		return true;
	}
	return false;
}
