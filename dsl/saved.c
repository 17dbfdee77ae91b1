/* saved - compiled collections as a file
 *
 * Where there is no compiler, as in production, the file stands for the folder
 * of the collections. It says which format it has: another one is refused, for
 * what a program does not know it would lose.
 */
#include "dsl/saved.h"

#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "schema/json.h"
#include "schema/json_member.h"

#define FORMAT 1

static const struct member dsl_config_members[] = {
	MEMBER(TEXT, dsl_config, database),
	MEMBER(TEXT, dsl_config, database_env),
	MEMBER(TEXT, dsl_config, dialect),
	MEMBER(NAMES, dsl_config, schemas),
	MEMBER(TEXT, dsl_config, role),
	MEMBER(INT, dsl_config, debounce_ms),
	MEMBER(NAMES, dsl_config, protect),
	MEMBER(SOURCE, dsl_config, source),
};
STRUCT(config, dsl_config);

bool
saved_is(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode);
}

/* Returns the whole file as an object of our format, or NULL. */
static json_t *
load(const char *path, struct err *err)
{
	struct buf b = { 0 };
	json_error_t why;
	json_t *o, *format;
	bool ok = false;

	if (!file_read(&b, path, err)) {
		buf_release(&b);
		return NULL;
	}
	o = json_loadb(buf_str(&b), b.len, JSON_REJECT_DUPLICATES, &why);
	format = json_object_get(o, "deesse-schema");
	if (!o)
		err_fail(err, "%s:%d:%d: this is no JSON: %s", path, why.line,
		    why.column, why.text);
	else if (!json_is_integer(format))
		err_fail(err,
		    "%s is no compiled schema; `deesse compile -o FILE` writes "
		    "one",
		    path);
	else if (json_integer_value(format) != FORMAT)
		err_fail(err,
		    "%s has format %lld, and this deesse reads %d: compile it "
		    "with this one, or take a newer one",
		    path, (long long)json_integer_value(format), FORMAT);
	else
		ok = true;
	buf_release(&b);
	if (ok)
		return o;
	json_decref(o);
	return NULL;
}

struct schema *
saved_schema(
    struct arena *a, const struct dsl_options *options, struct err *err)
{
	json_t *o = load(options->dir, err);
	struct schema *s;

	if (!o)
		return NULL;
	s = schema_from_json(a, json_object_get(o, "schema"), err);
	json_decref(o);
	if (!s) {
		err_prefix(err, "%s", options->dir);
		return NULL;
	}
	if (s->dialect == options->dialect)
		return s;
	err_fail(err,
	    "%s was compiled for %s, and the database is %s; compile it with "
	    "--database",
	    options->dir, dialect_name(s->dialect),
	    dialect_name(options->dialect));
	return NULL;
}

bool
saved_config(struct arena *a, const char *path, struct dsl_config *config,
    struct err *err)
{
	json_t *o = load(path, err), *c;
	bool ok;

	if (!o)
		return false;
	c = json_object_get(o, "config");
	ok = !c || members_read(a, &of_config, c, "config", config, err);
	json_decref(o);
	if (!ok)
		err_prefix(err, "%s", path);
	return ok;
}

static bool
save(struct buf *out, const struct schema *s, const struct dsl_config *config,
    const struct spill *spill, struct err *err)
{
	struct buf c = { 0 };
	bool ok = members_write(&c, &of_config, config, 1, 1, err);

	buf_fmt(out, "{\n \"deesse-schema\": %d,\n", FORMAT);
	if (ok && strcmp(c.s, "{}") != 0)
		buf_fmt(out, " \"config\": %s,\n", c.s);
	buf_puts(out, " \"schema\": ");
	ok = ok && members_spill(out, &members_of_schema, s, 1, 1, spill, err);
	buf_puts(out, "\n}\n");
	buf_release(&c);
	return ok;
}

bool
dsl_save(struct buf *out, const struct schema *s,
    const struct dsl_config *config, struct err *err)
{
	return save(out, s, config, NULL, err);
}

static bool
add_piece(struct buf *text, void *to, struct err *err)
{
	return file_draft_add(to, text->s, text->len, err);
}

bool
dsl_save_file(const char *path, const struct schema *s,
    const struct dsl_config *config, struct err *err)
{
	struct file_draft d;
	struct spill spill = { add_piece, &d };
	struct buf text = { 0 };
	bool ok;

	if (!file_draft_begin(&d, path, err))
		return false;
	ok = save(&text, s, config, &spill, err) && add_piece(&text, &d, err);
	if (ok)
		ok = file_draft_end(&d, 0644, true, err);
	else
		file_draft_drop(&d);
	buf_release(&text);
	return ok;
}
