/* side - one side of `deesse diff` */
#include "sync/side.h"

#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/text.h"
#include "introspect/introspect.h"
#include "shadow/shadow.h"
#include "sql/split.h"
#include "sync/session.h"

bool
side_parse(
    struct arena *a, struct side *side, const char *spec, struct err *err)
{
	struct stat st;

	*side = (struct side){ .spec = spec };
	/* compiled collections stand for their folder */
	if (!stat(spec, &st) &&
	    (S_ISDIR(st.st_mode) || text_ends(spec, ".json"))) {
		side->kind = SIDE_COLLECTIONS;
		return true;
	}
	if (text_ends(spec, ".sql")) {
		side->kind = SIDE_SQL;
		return file_exists(spec) ||
		       err_fail(
			   err, "cannot read %s: there is no such file", spec);
	}
	if (strchr(spec, ':')) {
		side->kind = SIDE_DATABASE;
		return db_url_parse(a, &side->url, spec, err);
	}
	return err_fail(err,
	    "'%s' is no database URL (sqlite:PATH), no folder of collections "
	    "and no .sql file",
	    spec);
}

static struct schema *
from_database(struct arena *a, const struct db_url *url, struct err *err)
{
	const struct dsl_config config = { 0 };
	struct schema *s = NULL;
	struct db *db = NULL;

	if (session_open_all(a, &db, url, &config, DB_READ, err))
		s = introspect(a, db, err);
	db_close(db);
	return s;
}

static struct schema *
empty(struct arena *a, enum dialect d)
{
	struct schema *s = arena_new(a, struct schema);

	s->dialect = d;
	return s;
}

/* A text without statements needs no server to be read. */
static bool
says_nothing(enum dialect d, const struct buf *text)
{
	struct arena a = { 0 };
	struct statements all = { 0 };

	sql_split(&a, &all, d, buf_str(text), text->len);
	arena_release(&a);
	return !all.n;
}

static struct schema *
from_sql(struct arena *a, const char *path, enum dialect d, struct err *err)
{
	struct schema *s = NULL;
	struct buf text = { 0 };

	if (file_read(&text, path, err)) {
		if (says_nothing(d, &text))
			s = empty(a, d);
		else if (!shadow_load_sql(a, d, buf_str(&text), &s, err))
			err_prefix(err, "%s", path);
	}
	buf_release(&text);
	return s;
}

struct schema *
side_schema(struct arena *a, const struct side *side, enum dialect d,
    const struct dsl_options *dsl, struct err *err)
{
	struct dsl_options options = *dsl;

	options.dialect = d;
	switch (side->kind) {
	case SIDE_EMPTY:
		return empty(a, d);
	case SIDE_DATABASE:
		return from_database(a, &side->url, err);
	case SIDE_SQL:
		return from_sql(a, side->spec, d, err);
	case SIDE_COLLECTIONS:
		options.dir = side->spec;
		return dsl_compile(a, &options, err);
	}
	return NULL;
}
