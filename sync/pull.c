/* pull - a database as collections, in files
 *
 * The printer speaks the language as it was meant to be; what the compiler
 * does not take, or takes for something else, is found by asking it, and left
 * out. Each round leaves out more, so the rounds end.
 */
#include "sync/pull.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/files.h"
#include "base/text.h"
#include "introspect/introspect.h"
#include "shadow/shadow.h"
#include "sync/session.h"
#include "transpile/transpile.h"

struct proof {
	struct pull *pull;
	const struct schema *wanted;
	struct schema *got;
	const char *dir; /* of the collections that are tried */
	struct dsl_options options;
};

/* What is thrown away in a moment need not reach the disk. */
static bool
write_for_now(const char *path, const char *text, struct err *err)
{
	FILE *f = fopen(path, "w");
	bool ok = f && fputs(text, f) >= 0;

	if (f && fclose(f))
		ok = false;
	return ok ||
	       err_fail(err, "cannot write %s: %s", path, strerror(errno));
}

static bool
write_below(struct arena *a, const char *dir, const char *name,
    const char *text, struct err *err)
{
	const char *path = file_join(a, dir, name);

	return file_mkdirs(file_folder(a, path), 0755, err) &&
	       write_for_now(path, text, err);
}

static bool
write_to_try(struct pull *p, const char *dir, struct err *err)
{
	for (size_t i = 0; i < p->files.n; i++)
		if (!write_below(p->arena, dir, p->files.v[i].path,
			p->files.v[i].text, err))
			return false;
	return true;
}

/* -------------------------------- the proof ------------------------------- */

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

static void
remove_below(const char *dir)
{
	nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void
leave_out(struct pull *p, const struct said_thing *t, const char *why)
{
	const void *thing = said_thing(t);

	if (!unsaid_has(&p->left_out, thing))
		vec_push(p->arena, &p->left_out,
		    (struct unsaid){ t->what, t->name, why, thing });
}

/* Returns what stands after "DIR/posts.c:3:2: " and sets *number to the 3, or
 * NULL where the line is about another file. */
static const char *
complaint(struct arena *a, const char *line, const char *path, int *number)
{
	const char *at = strstr(line, arena_fmt(a, "/%s:", path));

	if (!at)
		return NULL;
	at += 1 + strlen(path);
	*number = atoi(at + 1);
	while (*at == ':' || (*at >= '0' && *at <= '9'))
		at++;
	return at + strspn(at, " ");
}

/* Returns what stands on that line of the file. */
static const struct said_thing *
thing_at(const struct collection_file *f, int line)
{
	size_t i = f->things.n - 1;

	while (i && f->things.v[i].line > line)
		i--;
	return &f->things.v[i];
}

/* Leaves out what the compiler complained of; false where it was nothing that
 * was printed here. */
static bool
blame(struct pull *p, const char *text)
{
	size_t before = p->left_out.n;

	for (const char *s = text, *end; *s; s = *end ? end + 1 : end) {
		const char *line;

		end = s + strcspn(s, "\n");
		line = arena_strndup(p->arena, s, (size_t)(end - s));

		for (size_t i = 0; i < p->files.n; i++) {
			int number = 0;
			const char *why = complaint(
			    p->arena, line, p->files.v[i].path, &number);

			if (why && p->files.v[i].things.n)
				leave_out(p, thing_at(&p->files.v[i], number),
				    arena_fmt(p->arena,
					"the language cannot say it yet: %s",
					why));
		}
	}
	return p->left_out.n > before;
}

static const char *
text_of(struct arena *a, enum dialect d, struct table *t)
{
	struct schema one = { .dialect = d };

	vec_push(a, &one.tables, t);
	return schema_text(a, &one);
}

/* Returns the first line of a that b has not, or NULL. */
static const char *
line_apart(struct arena *arena, const char *a, const char *b)
{
	while (*a) {
		size_t n = strcspn(a, "\n");
		const char *line = arena_strndup(arena, a, n);

		if (*line == ' ' && !strstr(b, arena_fmt(arena, "%s\n", line)))
			return line + strspn(line, " ");
		a += n + (a[n] == '\n');
	}
	return NULL;
}

static const char *
difference(struct proof *f, struct table *wanted, struct table *got)
{
	struct arena *a = f->pull->arena;
	const char *from = text_of(a, f->wanted->dialect, wanted);
	const char *to = text_of(a, f->wanted->dialect, got);
	const char *lost = line_apart(a, from, to);
	const char *made = line_apart(a, to, from);

	return arena_fmt(a, "the language cannot say it yet: %s%s%s%s%s%s",
	    lost ? "'" : "", lost ? lost : "", lost ? "'" : "",
	    lost && made ? " would become "
	    : made       ? "it would get "
			 : "",
	    made ? arena_fmt(a, "'%s'", made) : "",
	    lost || made ? "" : "its columns would be in another order");
}

static bool
same_order(const struct table *a, const struct table *b)
{
	/* what is inherited, the server puts first */
	if (a->parents.n)
		return true;
	for (size_t i = 0; i < a->columns.n; i++)
		if (strcmp(a->columns.v[i]->name, b->columns.v[i]->name) != 0)
			return false;
	return true;
}

static const char *
table_apart(struct proof *f, const struct table *t)
{
	struct table *u = schema_table(f->got, t->schema, t->name);

	if (!u || strcmp(t->name, u->name) != 0)
		return "its name would be another";
	return table_equal(f->wanted->dialect, t, u) && same_order(t, u)
		   ? NULL
		   : difference(f, (struct table *)t, u);
}

static const char *
type_apart(struct proof *f, const struct enum_type *e)
{
	const struct enum_type *u = schema_enum(f->got, e->schema, e->name);
	bool same = u && u->labels.n == e->labels.n;

	for (size_t i = 0; same && i < e->labels.n; i++)
		same = !strcmp(u->labels.v[i], e->labels.v[i]);
	return same ? NULL : "its values would be others";
}

static const char *
object_apart(struct proof *f, const struct object *o)
{
	const struct object *x = schema_object_like(f->got, o);

	return x && expr_equal(&o->sql, &x->sql) ? NULL
						 : "its text would be another";
}

static void
compare(struct proof *f)
{
	struct pull *p = f->pull;

	for (size_t i = 0; i < p->files.n; i++)
		for (size_t k = 0; k < p->files.v[i].things.n; k++) {
			const struct said_thing *t = &p->files.v[i].things.v[k];
			const char *why = t->table ? table_apart(f, t->table)
					  : t->type
					      ? type_apart(f, t->type)
					      : object_apart(f, t->object);

			if (why)
				leave_out(p, t, why);
		}
}

/* Returns what the collections make of an empty database. One that needs the
 * application's own functions cannot be made here, and is taken by its word. */
static struct schema *
made_of(struct arena *a, struct schema *declared)
{
	struct err ignored = { 0 };
	struct schema *made = NULL;
	struct buf ddl = { 0 };

	transpile_schema(&ddl, declared);
	if (!shadow_load_sql(
		a, declared->dialect, buf_str(&ddl), &made, &ignored))
		made = declared;
	err_release(&ignored);
	buf_release(&ddl);
	return made;
}

/* Makes the files without what is left out, and tries them. */
static bool
round_of(struct proof *f, bool *proven, struct err *err)
{
	struct pull *p = f->pull;
	struct err why = { 0 };
	size_t before;
	bool ok = true;

	p->files = (struct collection_files){ 0 };
	if (!collections_print(
		p->arena, f->wanted, &p->files, &p->left_out, err))
		return false;
	before = p->left_out.n;
	*proven = !p->files.n;
	if (*proven)
		return true;
	remove_below(f->dir);
	if (!write_to_try(p, f->dir, err))
		return false;
	f->got = dsl_compile(p->arena, &f->options, &why);
	if (f->got) {
		f->got = made_of(p->arena, f->got);
		collections_spell(p->arena, f->got);
		compare(f);
		*proven = p->left_out.n == before;
	} else if (!blame(p, why.text)) {
		ok = err_set(err, why.kind, "%s", why.text);
	}
	err_release(&why);
	return ok;
}

static bool
prove(struct pull *p, const struct project *project,
    const struct schema *wanted, struct err *err)
{
	const char *tmp = getenv("TMPDIR");
	char *place = arena_fmt(
	    p->arena, "%s/deesse-pull-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	struct proof f = { .pull = p, .wanted = wanted };
	bool proven = false, ok = true;

	if (!mkdtemp(place))
		return err_fail(
		    err, "cannot make %s: %s", place, strerror(errno));
	f.dir = file_join(p->arena, place, "collections");
	f.options = project->dsl;
	f.options.dir = f.dir;
	f.options.state_dir = file_join(p->arena, place, "state");
	f.options.dialect = wanted->dialect;
	while (ok && !proven)
		ok = round_of(&f, &proven, err);
	remove_below(place);
	return ok;
}

/* The names live as long as the arena that the connection got them from. */
static void
take_schemas(struct pull *p, const struct project *project, const struct db *db)
{
	const struct names *managed = db_managed(db);

	if (!project->config.schemas.n) {
		vec_push(p->arena, &p->schemas, "*");
		return;
	}
	for (size_t i = 0; i < managed->n; i++)
		vec_push(p->arena, &p->schemas,
		    arena_strdup(p->arena, managed->v[i]));
	if (p->schemas.n == 1 && !strcmp(p->schemas.v[0], "public"))
		p->schemas.n = 0;
}

/* What CREATE INDEX CONCURRENTLY left when it failed is nothing to say. */
static void
leave_out_invalid(struct pull *p, struct table *t)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->indexes.n; i++) {
		struct index *x = t->indexes.v[i];

		if (!x->invalid) {
			t->indexes.v[kept++] = x;
			continue;
		}
		vec_push(p->arena, &p->left_out,
		    (struct unsaid){ arena_fmt(p->arena, "index %s", x->name),
			x->name,
			"it is not valid: making it failed; drop it, or "
			"REINDEX it",
			x });
	}
	t->indexes.n = kept;
}

/* A folder without any file is no project; one with this declares that nothing
 * is there. */
static const struct collection_file nothing = {
	.path = "nothing.sql",
	.text = "-- The database held nothing when it was pulled.\n",
};

/* What stands in the database and is left alone by push, too. */
static void
name_unmanaged(struct pull *p, const struct schema *s)
{
	for (size_t i = 0; i < s->unmanaged.n; i++)
		vec_push(p->arena, &p->left_out,
		    (struct unsaid){ .what = s->unmanaged.v[i],
			.name = s->unmanaged.v[i],
			.why = "collections have no word for it; push leaves "
			       "it alone" });
}

bool
pull_read(struct pull *p, struct arena *a, const struct project *project,
    struct err *err)
{
	struct schema *wanted = NULL;
	struct db *db = NULL;
	bool ok;

	*p = (struct pull){ .arena = a };
	ok = session_open_all(
		 a, &db, &project->url, &project->config, DB_READ, err) &&
	     (wanted = introspect(a, db, err)) &&
	     shadow_unusable(a, db, wanted, err);
	if (ok && wanted->dialect == DIALECT_POSTGRES)
		take_schemas(p, project, db);
	db_close(db);
	if (!ok)
		return false;
	for (size_t i = 0; i < wanted->tables.n; i++)
		leave_out_invalid(p, wanted->tables.v[i]);
	if (!wanted->tables.n && !wanted->objects.n && !wanted->enums.n) {
		vec_push(a, &p->files, nothing);
	} else if (!prove(p, project, wanted, err)) {
		return false;
	}
	name_unmanaged(p, wanted);
	return true;
}

/* -------------------------------- the files ------------------------------- */

/* Has the file another text? */
static bool
differs(const char *path, const char *text, bool *there, struct err *err)
{
	struct buf b = { 0 };
	bool other = false;

	*there = file_exists(path);
	if (*there && file_read(&b, path, err))
		other = strcmp(buf_str(&b), text) != 0;
	buf_release(&b);
	return other;
}

static bool
look(struct pull *p, const char *dir, bool force, struct err *err)
{
	struct buf changed = { 0 };
	struct err why = { 0 };
	bool there, ok;

	for (size_t i = 0; i < p->files.n && !why.kind; i++) {
		const char *path = file_join(p->arena, dir, p->files.v[i].path);
		bool other = differs(path, p->files.v[i].text, &there, &why);

		if (other && !force)
			buf_fmt(&changed, "\n  %s", path);
		vec_push(
		    p->arena, there && !other ? &p->kept : &p->written, path);
	}
	ok = why.kind ? err_set(err, why.kind, "%s", why.text)
	     : changed.len
		 ? err_set(err, ERR_DECISION,
		       "nothing was written, for these files have another "
		       "text:%s\n--force overwrites them",
		       buf_str(&changed))
		 : true;
	err_release(&why);
	buf_release(&changed);
	return ok;
}

static bool
is_ours(const struct names *list, const char *path)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->v[i], path))
			return true;
	return false;
}

/* Names what else of the folder is read as collections. */
static bool
find_others(struct pull *p, const char *dir, struct err *err)
{
	static const char *const suffixes[] = { ".c", ".sql" };
	const char *config = file_join(p->arena, dir, "config.c");
	struct names found = { 0 };

	for (size_t i = 0; i < 2; i++)
		if (file_exists(dir) &&
		    !file_find(p->arena, &found, dir, suffixes[i], err))
			return false;
	for (size_t i = 0; i < found.n; i++)
		if (!is_ours(&p->kept, found.v[i]) &&
		    !is_ours(&p->written, found.v[i]) &&
		    strcmp(found.v[i], config) != 0)
			vec_push(p->arena, &p->others, found.v[i]);
	return true;
}

/* Those that look() found to be written. */
static bool
add_files(struct pull *p, struct files *all, const char *dir, struct err *err)
{
	size_t at = 0;

	for (size_t i = 0; i < p->files.n && at < p->written.n; i++) {
		const struct collection_file *f = &p->files.v[i];
		const char *path = p->written.v[at];

		if (strcmp(path, file_join(p->arena, dir, f->path)) != 0)
			continue;
		if (!files_add(all, path, f->text, strlen(f->text), err))
			return false;
		at++;
	}
	return true;
}

static bool
add_new(struct pull *p, struct files *all, const char *dir, const char *name,
    const char *text, struct err *err)
{
	const char *path = file_join(p->arena, dir, name);

	if (file_exists(path))
		return true;
	vec_push(p->arena, &p->written, path);
	return files_add(all, path, text, strlen(text), err);
}

bool
pull_write(struct pull *p, const struct project *project, const char *dir,
    bool force, struct err *err)
{
	const struct db_url *url = &project->url;
	bool secret = strcmp(url->text, url->shown) != 0;
	struct files all = { .arena = p->arena, .dir = dir, .over = force };
	bool ok = look(p, dir, force, err) && find_others(p, dir, err) &&
		  add_files(p, &all, dir, err) &&
		  add_new(p, &all, dir, "config.c",
		      collections_config(
			  p->arena, secret ? NULL : url->text, &p->schemas),
		      err) &&
		  add_new(p, &all, dir, "compile_flags.txt", dsl_compile_flags,
		      err) &&
		  files_end(&all, err);

	files_release(&all);
	return ok;
}
