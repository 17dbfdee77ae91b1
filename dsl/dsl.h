/* dsl.h - the files of collections/ into a schema.
 *
 * The C compiler compiles the collections into one object; the object is read,
 * never linked, loaded or run; what it holds is checked and lowered to the
 * schema of one dialect. The object is cached under the content of every file
 * that took part, so an unchanged source costs no compiler.
 */
#ifndef DSL_DSL_H
#define DSL_DSL_H

#include "base/err.h"
#include "base/hash.h"
#include "schema/schema.h"

struct dsl_options {
	const char *dir;       /* of the collections: "collections"; or a file
				  of dsl_save, which needs no compiler */
	const char *root;      /* of all databases, where dir is the folder of
				  one below it; or NULL */
	const char *state_dir; /* ".deesse": header, cache */
	enum dialect dialect;
	bool verbose; /* show the compiler's own words, too */
	/* does what can be done while a compiler runs, if one does; or NULL */
	void (*meanwhile)(enum dialect d);
};

/* CONFIG(...) of collections/config.c; a field that is not said is NULL/0. */
struct dsl_config {
	const char *database;     /* URL */
	const char *database_env; /* environment variable that holds it */
	const char *dialect;
	struct names schemas;
	const char *role;
	int debounce_ms;
	struct names protect; /* protected environments */
	struct source source;
};

/* Compiles the collections into the schema of options->dialect, or takes it
 * from the cache. An error holds, for each mistake, a line
 * `file:line:column: message`, the line of the source and a caret, in the order
 * of files and lines. Returns NULL on error. */
struct schema *dsl_compile(
    struct arena *a, const struct dsl_options *options, struct err *err);

/* As dsl_compile, and writes the dsl_key of what was compiled, which is not
 * that of the files where they change meanwhile: "" where it cannot be told. */
struct schema *dsl_compile_key(struct arena *a,
    const struct dsl_options *options, char key[HASH_HEX], struct err *err);

/* Adds the text of a file that can stand for the folder: the schema and
 * CONFIG. */
bool dsl_save(struct buf *out, const struct schema *s,
    const struct dsl_config *config, struct err *err);

/* Writes that file, without having its text in memory. */
bool dsl_save_file(const char *path, const struct schema *s,
    const struct dsl_config *config, struct err *err);

/* Reads CONFIG alone, without a dialect; a folder without one is no error. */
bool dsl_config(struct arena *a, const struct dsl_options *options,
    struct dsl_config *config, struct err *err);

/* Adds the folders below dir, at any depth, that have a config.c: each is a
 * database of its own, and nothing in it is of dir. */
bool dsl_databases(
    struct arena *a, const char *dir, struct names *out, struct err *err);

/* Does the folder hold collections of its own, beside those folders and beside
 * its config.c? */
bool dsl_holds(const char *dir);

/* Writes the key of the sources as they stand: a hash of all that takes part
 * in dsl_compile. False, without an error, where the cache cannot say, so
 * that dsl_compile must be called. */
bool dsl_key(const struct dsl_options *options, char hex[HASH_HEX]);

/* Writes a hash of which files there are, these others included, and of their
 * facts (size, times, inode), without reading one: another hash means that
 * something was saved, whether it compiles or not. */
void dsl_stamp(const struct dsl_options *options, const struct names *others,
    char hex[HASH_HEX]);

/* What compile_flags.txt says in a new folder of collections: clangd reads it
 * for all of it, deesse for -I and -D. */
extern const char dsl_compile_flags[];

/* Writes the embedded header below state_dir/include, where it is not there
 * or differs. */
bool dsl_write_header(const char *state_dir, struct err *err);

/* Adds every file that took part in the last compilation (collections,
 * headers they include), for the watcher. */
bool dsl_files(struct arena *a, const struct dsl_options *options,
    struct names *out, struct err *err);

#endif
