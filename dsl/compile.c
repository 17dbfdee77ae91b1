/* compile - collections into a schema, or from the cache
 *
 * The object is what is cached. What is lowered of it is kept, too, from the
 * second time on, for who saves all the time has no use for it.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/file.h"
#include "base/text.h"
#include "dsl/build.h"
#include "dsl/encoding.h"
#include "dsl/explain.h"
#include "dsl/lower.h"
#include "dsl/lowered.h"
#include "dsl/saved.h"
#include "schema/binary.h"
#include "sql/key.h"

/* A file that only the compiler knew of was read before it could be hashed;
 * one that changed at about that time is not trusted. */
#define YOUNG_NS 20000000

static const char *const defines[DIALECT_COUNT] = {
	[DIALECT_SQLITE] = "DEESSE_SQLITE",
	[DIALECT_POSTGRES] = "DEESSE_POSTGRES",
};

static int64_t
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static bool
no_folder(const char *dir, struct err *err)
{
	struct stat st;

	if (!stat(dir, &st) && !S_ISDIR(st.st_mode))
		return err_fail(err, "%s is no folder of collections", dir);
	return err_fail(err,
	    "there is no folder '%s' with collections\n`deesse init` makes "
	    "one; --collections DIR names another",
	    dir);
}

bool
build_begin(struct build *b, const struct dsl_options *options,
    const char *slot, const char *define, struct err *err)
{
	b->options = options;
	b->cache.slot = slot;
	b->cache.dir = file_join(b->arena, options->state_dir, "cache");
	if (!file_exists(options->dir))
		return no_folder(options->dir, err);
	if (!cc_find(b->arena, &b->cc, options, define, err))
		return false;
	cc_hash(&b->cc, b->cache.args);
	return true;
}

/* Reads an object. One of the cache must be what was written. */
static bool
read_object(
    struct build *b, struct cache_object *o, bool cached, struct err *err)
{
	struct arena *a = b->image ? b->image : b->arena;
	char hash[HASH_HEX];
	struct hash h;
	size_t n;
	void *bytes = file_load(a, o->path, &n, err);

	if (!bytes)
		return false;
	hash_init(&h);
	hash_add(&h, bytes, n);
	hash_hex(&h, hash);
	if (cached && (n != o->size || strcmp(hash, o->hash)))
		return err_fail(err, "%s is damaged", o->path);
	o->size = n;
	memcpy(o->hash, hash, HASH_HEX);
	return object_read(
	    a, &b->object, "the compiled object", bytes, n, &b->culprit, err);
}

static bool
read_objects(struct build *b, bool cached, struct err *err)
{
	struct cache_objects *all = &b->entry.objects;

	for (size_t i = 0; i < all->n; i++)
		if (!read_object(b, &all->v[i], cached, err))
			return false;
	object_sort(&b->object);
	return true;
}

/* Where what is known of the sources is kept, until the objects are there. */
static struct arena *
texts_of(struct build *b)
{
	return b->texts ? b->texts : b->arena;
}

/* Of the entry only its key is of use now. */
static void
forget_texts(struct build *b)
{
	if (!b->texts)
		return;
	b->sources = (struct source_files){ 0 };
	b->entry.files = (struct source_files){ 0 };
	b->entry.objects = (struct cache_objects){ 0 };
	b->entry.path = NULL;
	arena_release(b->texts);
}

static bool
from_cache(struct build *b)
{
	struct err ignored = { 0 };
	bool found = b->found || cache_find(texts_of(b), &b->cache, &b->entry);

	b->from_cache = found && read_objects(b, true, &ignored);
	err_release(&ignored);
	if (b->from_cache)
		forget_texts(b);
	return b->from_cache;
}

/* Fills the entry's files: those of the folder as they were read, and what
 * else the compiler opened. False where one changed meanwhile. */
static bool
settle(struct build *b, const struct unit *u, int64_t began)
{
	struct arena *a = texts_of(b);
	struct map known = { 0 };
	struct facts now;

	vec_reserve(a, &b->entry.files, b->entry.listed + u->depends.n);
	for (size_t i = 0; i < b->entry.listed; i++) {
		struct source_file *f = &b->sources.v[i];

		if (!facts_of(&now, f->path) || !same_facts(&now, &f->facts))
			return false;
		vec_push(a, &b->entry.files, *f);
		map_put(a, &known, shown_path(f->path), f);
	}
	for (size_t i = 0; i < u->depends.n; i++) {
		struct source_file f = { .path = u->depends.v[i] };
		struct err ignored = { 0 };

		if (*f.path == '<' || *f.path == '-' ||
		    map_get(&known, shown_path(f.path)))
			continue;
		map_put(a, &known, shown_path(f.path), &known);
		if (!facts_of(&f.facts, f.path) ||
		    f.facts.mtime >= began - YOUNG_NS ||
		    f.facts.ctime >= began - YOUNG_NS ||
		    !hash_file(f.hash, f.path, &ignored)) {
			err_release(&ignored);
			return false;
		}
		vec_push(a, &b->entry.files, f);
	}
	return true;
}

/* Tells the error where the word stands that is to blame. */
static bool
blame(struct build *b, const char *culprit, struct err *err)
{
	for (size_t i = 0; i < b->entry.listed; i++) {
		const char *path = b->sources.v[i].path;
		const struct scan *s;

		if (!text_ends(path, ".c") ||
		    !strstr(b->sources.v[i].text, culprit))
			continue;
		s = sources_scan(b->arena, &b->sources, path);
		for (size_t k = 0; k < s->tokens.n; k++) {
			const struct c_token *t = &s->tokens.v[k];

			if (!c_is(t, culprit))
				continue;
			report_add(&b->report, path, t->line, t->column, "%s",
			    err->text);
			err_release(err);
			return report_end(&b->report, err);
		}
	}
	return true;
}

/* What runs before main can be an attribute, or written in assembler. */
static void
blame_culprit(struct build *b, struct err *err)
{
	static const char *const hidden[] = { "asm", "__asm__", "__asm" };

	if (!blame(b, b->culprit, err))
		return;
	for (size_t i = 0; i < sizeof(hidden) / sizeof(*hidden); i++)
		if (!blame(b, hidden[i], err))
			return;
}

/* Is there an item of that kind on these lines in the object? */
static bool
confirmed(const struct build *b, const char *path, const struct quiet *q)
{
	for (size_t i = 0; i < b->object.collections.n; i++) {
		const struct collection *c = &b->object.collections.v[i];

		if (strcmp(shown_path(c->head->item.file), shown_path(path)))
			continue;
		for (size_t k = 0; k < c->n; k++)
			if (c->items[k]->kind == q->item->kind->kind &&
			    c->items[k]->line >= q->item->line &&
			    c->items[k]->line <= q->item->end_line)
				return true;
	}
	return false;
}

VEC(quiet_lists, struct quiet_list);

/* What needs no object is done while the compiler runs. */
struct meanwhile {
	struct build *build;
	struct quiet_lists found; /* a list a source */
};

static void
meanwhile(void *context)
{
	struct meanwhile *m = context;
	struct build *b = m->build;
	struct arena scratch = { 0 };

	for (size_t i = 0; i < b->entry.listed; i++) {
		const struct source_file f = b->sources.v[i];
		struct quiet_list found = { 0 };

		if (text_ends(f.path, ".c"))
			explain_quiet(texts_of(b), &found, &b->sources, &f);
		vec_push(b->arena, &m->found, found);
	}
	check_encoding(&b->report, &b->sources, b->options->dialect);
	/* the first expression makes the lexer's patterns */
	sql_key(&scratch, b->options->dialect, "x");
	arena_release(&scratch);
	if (b->options->meanwhile)
		b->options->meanwhile(b->options->dialect);
}

static void
check_quiet(struct meanwhile *m)
{
	struct build *b = m->build;

	for (size_t i = 0; i < m->found.n; i++) {
		const struct quiet_list *found = &m->found.v[i];
		const char *path = b->sources.v[i].path;

		for (size_t k = 0; k < found->n; k++)
			if (!found->v[k].item ||
			    confirmed(b, path, &found->v[k]))
				report_add(&b->report, path,
				    found->v[k].at->line,
				    found->v[k].at->column, "%s",
				    found->v[k].text);
	}
}

/* Headers of the folder hold macros for its collections. */
static void
check_headers(struct build *b, const struct unit *u)
{
	const char *dir = shown_path(b->options->dir);

	for (size_t i = 0; i < u->depends.n; i++) {
		const char *path = shown_path(u->depends.v[i]);
		struct quiet_list found = { 0 };
		struct buf text = { 0 };
		struct err ignored = { 0 };

		if (!text_starts(path, dir) || text_ends(path, ".c"))
			continue;
		if (file_read(&text, path, &ignored))
			explain_quiet_header(b->arena, &found, buf_str(&text));
		for (size_t k = 0; k < found.n; k++)
			report_add(&b->report, path, found.v[k].at->line,
			    found.v[k].at->column, "%s", found.v[k].text);
		buf_release(&text);
		err_release(&ignored);
	}
}

/* Is there anything for a compiler, so that one can be started at once? */
static bool
has_unit(const struct build *b)
{
	for (size_t i = 0; !b->alone && i < b->cache.listed.n; i++)
		if (text_ends(b->cache.listed.v[i], ".c"))
			return true;
	return false;
}

static bool
from_compiler(struct build *b, struct err *err)
{
	struct meanwhile m = { .build = b };
	struct unit u = {
		.arena = b->arena,
		.cc = &b->cc,
		.dir = b->cache.dir,
		.sources = &b->sources,
		.report = &b->report,
		.alone = b->alone,
		.verbose = b->options->verbose ? &b->messages : NULL,
		.meanwhile = meanwhile,
		.context = &m,
	};
	int64_t began = now_ns();
	bool ok;

	b->entry = (struct cache_entry){ .stamp = began };
	b->object = (struct declared){ 0 };
	ok = file_mkdirs(b->cache.dir, 0700, err) &&
	     file_mkdirs(b->cc.include, 0700, err) &&
	     (!has_unit(b) || unit_begin(&u, err)) &&
	     sources_read(texts_of(b), &b->sources, &b->cache.listed, err);
	b->entry.listed = b->sources.n;
	ok = ok && dsl_write_header(b->options->state_dir, err) &&
	     unit_compile(&u, err) && report_end(&b->report, err);
	if (ok) {
		b->entry.objects = u.objects;
		ok = read_objects(b, false, err);
		if (!ok && b->culprit)
			blame_culprit(b, err);
	}
	if (ok) {
		check_quiet(&m);
		check_headers(b, &u);
		ok = report_end(&b->report, err);
	}
	if (ok && settle(b, &u, began))
		cache_store(texts_of(b), &b->cache, &b->entry);
	if (ok)
		forget_texts(b);
	if (!ok && b->messages.len)
		err_add(err, "%s", b->messages.s);
	unit_release(&u);
	buf_release(&b->messages);
	return ok;
}

bool
build_objects(struct build *b, struct err *err)
{
	if (!b->cache.listed.n)
		return err_fail(err,
		    "the folder '%s' holds no collections: no .c and no .sql "
		    "file\nwrite one, or let `deesse init` do it",
		    b->options->dir);
	return from_cache(b) || from_compiler(b, err);
}

static struct schema *
find_lowered(struct arena *a, struct build *b, char key[HASH_HEX])
{
	struct schema *s;

	b->found =
	    b->cache.listed.n && cache_find(texts_of(b), &b->cache, &b->entry);
	s = b->found ? lowered_read(a, &b->cache, b->entry.key) : NULL;
	if (s)
		memcpy(key, b->entry.key, HASH_HEX);
	return s;
}

struct schema *
dsl_compile(struct arena *a, const struct dsl_options *options, struct err *err)
{
	char ignored[HASH_HEX];

	return dsl_compile_key(a, options, ignored, err);
}

struct schema *
dsl_compile_key(struct arena *a, const struct dsl_options *options,
    char key[HASH_HEX], struct err *err)
{
	struct arena mine = { 0 }, image = { 0 }, texts = { 0 };
	struct build b = { .arena = &mine,
		.image = &image,
		.texts = &texts,
		.report = { .arena = &mine } };
	struct schema *schema = NULL;
	struct buf bytes = { 0 };

	*key = '\0';
	if (saved_is(options->dir)) {
		dsl_key(options, key);
		return saved_schema(a, options, err);
	}
	if (!build_begin(&b, options, dialect_name(options->dialect),
		defines[options->dialect], err) ||
	    !sources_list(&mine, &b.cache.listed, options->dir, err)) {
		arena_release(&mine);
		return NULL;
	}
	schema = find_lowered(a, &b, key);
	if (schema) {
		arena_release(&texts);
		arena_release(&mine);
		return schema;
	}
	if (build_objects(&b, err)) {
		schema = lower(&b);
		schema = report_end(&b.report, err) ? schema : NULL;
		if (schema)
			memcpy(key, b.entry.key, HASH_HEX);
	}
	/* the object, and what lowering leaves behind, are each larger than
	 * the schema, which as bytes is next to nothing */
	object_drop(&b.object);
	arena_release(&texts);
	if (schema)
		schema_to_bytes(&bytes, schema);
	arena_release(&image);
	if (schema && b.from_cache)
		lowered_write(&b.cache, key, &bytes);
	arena_release(&mine);
	schema = schema ? schema_unpack(a, &bytes) : NULL;
	buf_release(&bytes);
	return schema;
}

bool
dsl_key(const struct dsl_options *options, char hex[HASH_HEX])
{
	struct arena a = { 0 };
	struct err ignored = { 0 };
	struct build b = { .arena = &a };
	bool found;

	if (saved_is(options->dir)) {
		found = hash_file(hex, options->dir, &ignored);
		err_release(&ignored);
		return found;
	}
	found = build_begin(&b, options, dialect_name(options->dialect),
		    defines[options->dialect], &ignored) &&
		sources_list(&a, &b.cache.listed, options->dir, &ignored) &&
		cache_find(&a, &b.cache, &b.entry);
	if (found)
		memcpy(hex, b.entry.key, HASH_HEX);
	err_release(&ignored);
	arena_release(&a);
	return found;
}

bool
dsl_files(struct arena *a, const struct dsl_options *options, struct names *out,
    struct err *err)
{
	struct build b = { .arena = a };
	struct err ignored = { 0 };

	if (saved_is(options->dir)) {
		vec_push(a, out, options->dir);
		return true;
	}
	if (!sources_list(a, &b.cache.listed, options->dir, err))
		return false;
	for (size_t i = 0; i < b.cache.listed.n; i++)
		vec_push(a, out, b.cache.listed.v[i]);
	if (build_begin(&b, options, dialect_name(options->dialect),
		defines[options->dialect], &ignored) &&
	    cache_find(a, &b.cache, &b.entry))
		for (size_t i = b.entry.listed; i < b.entry.files.n; i++)
			vec_push(a, out, b.entry.files.v[i].path);
	err_release(&ignored);
	return true;
}

static void
stamp_files(struct hash *h, const struct names *files)
{
	for (size_t i = 0; i < files->n; i++) {
		struct facts facts = { 0 };

		hash_adds(h, files->v[i]);
		if (facts_of(&facts, files->v[i]))
			hash_add(h, &facts, sizeof(facts));
	}
}

void
dsl_stamp(const struct dsl_options *options, const struct names *others,
    char hex[HASH_HEX])
{
	struct arena a = { 0 };
	struct err ignored = { 0 };
	struct names files = { 0 };
	struct hash h;

	if (saved_is(options->dir))
		vec_push(&a, &files, options->dir);
	else
		sources_list(&a, &files, options->dir, &ignored);
	hash_init(&h);
	stamp_files(&h, &files);
	stamp_files(&h, others);
	hash_hex(&h, hex);
	err_release(&ignored);
	arena_release(&a);
}
