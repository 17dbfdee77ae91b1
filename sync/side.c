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
from_database(struct arena *a, struct side *side, struct err *err)
{
	const struct dsl_config config = { 0 };

	return session_open_all(a, &side->db, &side->url, &config, DB_READ, err)
		   ? introspect(a, side->db, err)
		   : NULL;
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

static bool
load_here(struct arena *a, struct side *side, const struct db_url *server,
    const struct buf *text, struct schema **out, struct err *err)
{
	(void)side;
	(void)server;
	return shadow_load_sql(a, DIALECT_SQLITE, text->s, out, err);
}

static bool
load_there(struct arena *a, struct side *side, const struct db_url *server,
    const struct buf *text, struct schema **out, struct err *err)
{
	if (!server)
		return err_fail(err,
		    "only a server of PostgreSQL can say what its .sql files "
		    "mean: name one with --database postgresql://…, where the "
		    "file is read in a database of its own that is dropped "
		    "again");
	if (!server_scratch_load(
		a, &side->scratch, server, text->s, text->len, err))
		return false;
	side->db = side->scratch.db;
	*out = server_scratch_read(a, &side->scratch, err);
	return *out != NULL;
}

static struct schema *
from_sql(struct arena *a, struct side *side, enum dialect d,
    const struct db_url *server, struct err *err)
{
	static bool (*const loaders[DIALECT_COUNT])(struct arena * a,
	    struct side * side, const struct db_url *server,
	    const struct buf *text, struct schema **out, struct err *err) = {
		[DIALECT_SQLITE] = load_here,
		[DIALECT_POSTGRES] = load_there,
	};
	struct schema *s = NULL;
	struct buf text = { 0 };

	if (file_read(&text, side->spec, err)) {
		if (says_nothing(d, &text))
			s = empty(a, d);
		else if (!loaders[d](a, side, server, &text, &s, err))
			err_prefix(err, "%s", side->spec);
	}
	buf_release(&text);
	return s;
}

struct schema *
side_schema(struct arena *a, struct side *side, enum dialect d,
    const struct dsl_options *dsl, const struct db_url *server, struct err *err)
{
	struct dsl_options options = *dsl;

	options.dialect = d;
	switch (side->kind) {
	case SIDE_EMPTY:
		return empty(a, d);
	case SIDE_DATABASE:
		return from_database(a, side, err);
	case SIDE_SQL:
		return from_sql(a, side, d, server, err);
	case SIDE_COLLECTIONS:
		options.dir = side->spec;
		return dsl_compile(a, &options, err);
	}
	return NULL;
}

void
side_release(struct side *side)
{
	if (side->db != side->scratch.db)
		db_close(side->db);
	server_scratch_release(&side->scratch);
	side->db = NULL;
}
