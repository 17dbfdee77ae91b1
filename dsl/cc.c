/* cc - the C compiler, as deesse calls it
 *
 * One unit on standard input includes all files, for starting a compiler
 * takes longer than compiling a hundred collections. After each file its own
 * macros are undefined, so that two files can both #define LIMIT.
 */
#include "dsl/cc.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/proc.h"
#include "base/text.h"

#define TIMEOUT_MS 30000

/* A number for a text is an error in every compiler this way, and a value
 * said twice too; clang knows gcc's name for the latter. Data needs no library
 * to run with, and then <stdint.h> is the compiler's own, which is a tenth of
 * a small compilation. */
static const char *const our_flags[] = { "-std=c11", "-pedantic-errors",
	"-Werror=override-init", "-Wno-newline-eof", "-ftabstop=1", "-O0",
	"-g0", "-ffreestanding", "-fno-ident", "-pipe", "-isystem" };

/* What a collection leaves unsaid is no mistake, whatever -Wall says. */
static const char *const last_flags[] = { "-Wno-missing-braces",
	"-Wno-missing-field-initializers" };

/* gcc notes of each token which macros it went through, which is a sixteenth
 * of its time and tells where in a collection a mistake is. So it notes
 * nothing the first time, and what has a mistake is compiled again. Data and
 * lines are the same; no other compiler knows the flag. */
static const char no_macro_places[] = "-ftrack-macro-expansion=0";

/* Finding <stdint.h> and its like takes a thirtieth of a small compilation,
 * and few collections need more of them than true and NULL. What does is
 * compiled again, too. */
static const char bare[] = "-DDEESSE_BARE";

/* The environment reads other files, so it is part of the key. */
static const char *const variables[] = { "CPATH", "C_INCLUDE_PATH",
	"GCC_EXEC_PREFIX", "COMPILER_PATH" };

/* Flags that a path follows; where it is relative, it is so to the folder of
 * compile_flags.txt, as for clangd. */
static const char *const path_flags[] = { "-isystem", "-iquote", "-idirafter",
	"-include", "-I" };

/* Returns the path of the program, as execvp would find it, or NULL. */
static const char *
resolve(struct arena *a, const char *program)
{
	const char *path = getenv("PATH");

	if (strchr(program, '/'))
		return access(program, X_OK) ? NULL : program;
	if (!path || !*path)
		path = "/usr/local/bin:/usr/bin:/bin";
	while (*path) {
		size_t n = strcspn(path, ":");
		const char *dir = n ? arena_strndup(a, path, n) : ".";
		const char *found = file_join(a, dir, program);

		if (!access(found, X_OK))
			return found;
		path += n + (path[n] == ':');
	}
	return NULL;
}

/* Is it gcc, by the name of the program behind the links? One that is not told
 * apart (ccache, a wrapper) only takes longer. */
static bool
is_gcc(const char *path)
{
	char *real = realpath(path, NULL);
	const char *name = real ? strrchr(real, '/') : NULL;
	const char *gcc = name ? strstr(name, "gcc-") : NULL;
	bool is = gcc && (gcc == name + 1 || gcc[-1] == '-') && gcc[4] &&
		  !gcc[4 + strspn(gcc + 4, "0123456789.")];

	free(real);
	return is;
}

/* Splits "clang --target=x" at spaces, but not the path of a program. */
static void
split_words(struct arena *a, struct names *out, const char *s)
{
	if (!access(s, X_OK)) {
		vec_push(a, out, s);
		return;
	}
	while (*(s += strspn(s, " \t"))) {
		size_t n = strcspn(s, " \t");

		vec_push(a, out, arena_strndup(a, s, n));
		s += n;
	}
}

/* Ours fits the program and is found first: a folder that holds the language,
 * of whatever version, is looked into after it. The name tells, too, for the
 * header may not be written yet, and the flags are part of the key. */
static const char *
late_if_ours(struct arena *a, const char *name, const char *path)
{
	bool ours = text_ends(path, ".deesse/include") ||
		    file_exists(file_join(a, path, "deesse/dsl.h"));

	return ours && (!strcmp(name, "-I") || !strcmp(name, "-iquote"))
		   ? "-isystem"
		   : name;
}

static const char *
against(struct arena *a, const char *dir, const char *path)
{
	return *path == '/' ? path : file_join(a, dir, path);
}

/* Adds the path that belongs to the last flag. */
static void
add_path(struct arena *a, struct names *out, const char *dir, const char *path)
{
	path = against(a, dir, path);
	out->v[out->n - 1] = late_if_ours(a, out->v[out->n - 1], path);
	vec_push(a, out, path);
}

/* Adds one line of compile_flags.txt; *path is set where the next line is the
 * path that belongs to it. */
static void
add_flag(struct arena *a, struct names *out, const char *dir, const char *flag,
    bool *path)
{
	if (*path) {
		*path = false;
		add_path(a, out, dir, flag);
		return;
	}
	for (size_t i = 0; i < sizeof(path_flags) / sizeof(*path_flags); i++) {
		const char *name = path_flags[i];

		if (!text_starts(flag, name))
			continue;
		vec_push(a, out, name);
		flag += strlen(name);
		*path = !*flag;
		if (*flag)
			add_path(a, out, dir, flag);
		return;
	}
	vec_push(a, out, flag);
}

static bool
read_flags(struct arena *a, struct cc *cc, const char *dir, struct err *err)
{
	const char *file = file_join(a, dir, "compile_flags.txt");
	struct buf text = { 0 };
	bool path = false;
	const char *s;

	if (!file_exists(file))
		return true;
	if (!file_read(&text, file, err)) {
		buf_release(&text);
		return false;
	}
	for (s = buf_str(&text); *s;) {
		size_t n = strcspn(s, "\r\n");
		size_t lead = strspn(s, " \t");

		if (lead < n) {
			size_t len = n - lead;

			while (len && strchr(" \t", s[lead + len - 1]))
				len--;
			add_flag(a, &cc->flags, dir,
			    arena_strndup(a, s + lead, len), &path);
		}
		s += n;
		s += strspn(s, "\r\n");
	}
	buf_release(&text);
	return true;
}

/* The nearest one counts, as for clangd. */
static const char *
flags_folder(struct arena *a, const struct dsl_options *options)
{
	const char *own = file_join(a, options->dir, "compile_flags.txt");

	return options->root && !file_exists(own) ? options->root
						  : options->dir;
}

bool
cc_find(struct arena *a, struct cc *cc, const struct dsl_options *options,
    const char *define, struct err *err)
{
	const char *program = getenv("DEESSE_CC");
	bool chosen = program && *program;

	split_words(a, &cc->words, chosen ? program : "cc");
	cc->path = cc->words.n ? resolve(a, cc->words.v[0]) : NULL;
	if (!cc->path && chosen)
		return err_fail(err,
		    "cannot find the C compiler '%s' that DEESSE_CC names",
		    program);
	if (!cc->path)
		return err_fail(err,
		    "collections are compiled, and there is no C compiler "
		    "(cc) on PATH\ninstall one (Debian: apt-get install gcc "
		    "libc6-dev), or say where it is: DEESSE_CC=/path/to/cc");
	cc->is_gcc = is_gcc(cc->path);
	cc->define = define;
	cc->include = file_join(a, options->state_dir, "include");
	return read_flags(a, cc, flags_folder(a, options), err);
}

void
cc_hash(const struct cc *cc, char hex[HASH_HEX])
{
	struct facts facts = { 0 };
	struct hash h;

	hash_init(&h);
	facts_of(&facts, cc->path);
	hash_adds(&h, cc->path);
	hash_add(&h, &facts, sizeof(facts));
	for (size_t i = 0; i < sizeof(our_flags) / sizeof(*our_flags); i++)
		hash_adds(&h, our_flags[i]);
	for (size_t i = 0; i < cc->words.n; i++)
		hash_adds(&h, cc->words.v[i]);
	hash_adds(&h, "");
	for (size_t i = 0; i < cc->flags.n; i++)
		hash_adds(&h, cc->flags.v[i]);
	hash_adds(&h, cc->define);
	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++)
		hash_adds(&h, getenv(variables[i]));
	hash_hex(&h, hex);
}

static bool
write_unit(struct arena *a, struct buf *unit,
    const struct source_file *const *files, size_t n, struct err *err)
{
	/* C wants one declaration at least, and a file may be empty */
	buf_puts(unit, "struct deesse_unit;\n");
	for (size_t i = 0; i < n; i++) {
		const struct source_file *f = files[i];
		struct names defines = { 0 };

		if (strpbrk(f->path, "\"\n"))
			return err_fail(err,
			    "%s: C cannot include a file with such a name",
			    f->path);
		scan_defines(a, &defines, f->text);
		/* its name has none of its own but the place */
		if (strstr(f->text, "IGNORE"))
			buf_fmt(unit,
			    "#undef DEESSE_FILE\n#define DEESSE_FILE %zu\n", i);
		buf_fmt(unit, "#include \"%s\"\n", f->path);
		for (size_t k = 0; k < defines.n; k++)
			buf_fmt(unit, "#undef %s\n", defines.v[k]);
	}
	return true;
}

static void
add_all(struct arena *a, struct names *out, const char *const *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		vec_push(a, out, v[i]);
}

static void
add_output(struct arena *a, struct names *out, const struct cc_run *run)
{
	const char *const depends[] = { "-MMD", "-MF", run->depends, "-MT",
		"object" };
	const char *const object[] = { "-x", "c", "-c", "-", "-o",
		run->object };

	if (run->depends)
		add_all(a, out, depends, sizeof(depends) / sizeof(*depends));
	add_all(a, out, object, sizeof(object) / sizeof(*object));
}

bool
cc_start(
    struct arena *a, const struct cc *cc, struct cc_run *run, struct err *err)
{
	static const char *const english[] = { "LC_ALL=C", NULL };
	struct names argv = { 0 };

	add_all(a, &argv, cc->words.v, cc->words.n);
	add_all(a, &argv, our_flags, sizeof(our_flags) / sizeof(*our_flags));
	vec_push(a, &argv, cc->include);
	if (cc->is_gcc && !run->explains)
		vec_push(a, &argv, no_macro_places);
	if (!run->explains)
		vec_push(a, &argv, bare);
	if (cc->define)
		vec_push(a, &argv, arena_fmt(a, "-D%s", cc->define));
	add_all(a, &argv, cc->flags.v, cc->flags.n);
	add_all(a, &argv, last_flags, sizeof(last_flags) / sizeof(*last_flags));
	add_output(a, &argv, run);
	vec_push(a, &argv, NULL);
	run->proc = (struct proc){ .argv = argv.v,
		.env = english,
		.timeout_ms = TIMEOUT_MS,
		.input_follows = true };
	return proc_start(&run->proc, err);
}

bool
cc_feed(struct arena *a, struct cc_run *run,
    const struct source_file *const *files, size_t n, struct err *err)
{
	if (!write_unit(a, &run->unit, files, n, err))
		return false;
	proc_input(&run->proc, buf_str(&run->unit), run->unit.len);
	return true;
}

bool
cc_finish(struct cc_run *run, struct err *err)
{
	bool ok = proc_finish(&run->proc, err);

	run->failed = ok && run->proc.status != 0;
	buf_add(&run->messages, buf_str(&run->proc.err), run->proc.err.len);
	proc_release(&run->proc);
	buf_release(&run->unit);
	return ok;
}

void
cc_depends(struct arena *a, struct names *out, const char *text)
{
	struct buf word = { 0 };
	const char *s = strchr(text, ':');

	for (s = s ? s + 1 : text; *s;) {
		buf_cut(&word, 0);
		for (; *s && !strchr(" \t\n", *s); s++) {
			/* make's spelling of odd letters in names */
			if (s[0] == '\\' && s[1] && strchr(" #\\", s[1]))
				s++;
			else if (s[0] == '\\' && s[1] == '\n')
				break;
			else if (s[0] == '$' && s[1] == '$')
				s++;
			buf_putc(&word, *s);
		}
		if (word.len)
			vec_push(a, out, arena_strdup(a, word.s));
		if (s[0] == '\\' && s[1] == '\n')
			s++;
		s += *s != '\0';
	}
	buf_release(&word);
}
