/* trash_sqlite_file - the file beside the database, and its entries */
#include "sync/trash_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "sql/quote.h"

#define D DIALECT_SQLITE

#define FORMAT 1

/* EXTRA is FULL, and the folder is flushed too once the journal is gone: else
 * a power cut could bring the journal back, and undo what was committed. What
 * leaves the trash is somebody's data and is overwritten. */
static const char settings[] = "PRAGMA synchronous = EXTRA;"
			       "PRAGMA secure_delete = ON;"
			       "PRAGMA auto_vacuum = FULL";

static const char create[] =
    "CREATE TABLE IF NOT EXISTS entries (\n"
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,\n"
    "  run TEXT NOT NULL,\n"
    "  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),\n"
    "  kind INTEGER NOT NULL,\n"
    "  name TEXT NOT NULL,\n"
    "  field TEXT,\n"
    "  rowid_name TEXT,\n"
    "  sql TEXT NOT NULL,\n"
    "  series INTEGER NOT NULL DEFAULT 0,\n"
    "  n INTEGER NOT NULL DEFAULT 0,\n"
    "  bytes INTEGER NOT NULL DEFAULT 0\n"
    ")";

const char *
trash_sqlite_path(struct arena *a, struct db *main)
{
	const char *name = db_name(main), *path;
	char *real;

	if (!strcmp(name, ":memory:"))
		return NULL;
	/* two links to one file are one database, with one trash */
	real = realpath(name, NULL);
	path = arena_fmt(a, "%s-trash", real ? real : name);
	free(real);
	return path;
}

/* What was personal in the database is no less so here: nobody else reads it,
 * and it belongs to whoever owns the database, also where root pushed. */
static bool
make_file(struct trash *t, struct err *err)
{
	struct stat main, mine;
	int fd = open(t->path,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool ok;

	if (fd < 0)
		return err_fail(err, "cannot make the trash %s: %s", t->path,
		    strerror(errno));
	ok = !stat(db_name(t->main), &main) && !fstat(fd, &mine) &&
	     ((main.st_uid == mine.st_uid && main.st_gid == mine.st_gid) ||
		 !fchown(fd, main.st_uid, main.st_gid) ||
		 !fchown(fd, main.st_uid, (gid_t)-1) || geteuid() != 0);
	if (!ok)
		err_fail(err, "cannot give the trash %s to its owner: %s",
		    t->path, strerror(errno));
	close(fd);
	return ok;
}

/* Is there a trash? One that is no file of its own is none of ours. */
static bool
look_at_file(struct trash *t, bool write, bool *there, struct err *err)
{
	struct stat st;

	*there = !lstat(t->path, &st);
	if (!*there)
		return errno == ENOENT ||
		       err_fail(err, "cannot look at the trash %s: %s", t->path,
			   strerror(errno));
	if (!S_ISREG(st.st_mode))
		return err_fail(err, "the trash %s is not a file", t->path);
	if (write && (st.st_mode & 077) && chmod(t->path, 0600))
		return err_fail(err,
		    "others may read the trash %s, and that cannot be "
		    "changed: %s",
		    t->path, strerror(errno));
	return true;
}

static bool
check_format(struct trash *t, bool write, struct err *err)
{
	int64_t format;

	if (!db_count(t->db, "PRAGMA user_version", &format, err))
		return false;
	if (format > FORMAT)
		return err_fail(err,
		    "the trash %s was written by a newer deesse; use that one",
		    t->path);
	if (!write || format == FORMAT)
		return true;
	return db_exec(t->db, create, err) &&
	       db_exec(t->db, "PRAGMA user_version = 1", err);
}

bool
trash_sqlite_open(struct trash *t, bool write, bool *there, struct err *err)
{
	struct db_url url = {
		.dialect = D, .text = t->path, .shown = t->path, .path = t->path
	};
	enum db_mode mode;

	if (!look_at_file(t, write, there, err))
		return false;
	if (!*there && !write)
		return true;
	if (!*there && !make_file(t, err))
		return false;
	*there = true;
	/* who only looks may have to finish what a killed run began */
	mode = write || !access(t->path, W_OK) ? DB_WRITE : DB_READ;
	return db_open(&t->db, &url, mode, err) &&
	       (mode == DB_READ || db_exec(t->db, settings, err)) &&
	       check_format(t, write, err);
}

bool
trash_sqlite_discard(struct trash *t, struct err *err)
{
	db_close(t->db);
	t->db = NULL;
	return !unlink(t->path) ||
	       err_fail(err, "cannot remove the trash %s: %s", t->path,
		   strerror(errno));
}

static const char *
text(struct arena *a, struct db_rows *r, int i)
{
	return db_null(r, i) ? NULL : arena_strdup(a, db_text(r, i));
}

static struct trash_entry
read_entry(struct trash *t, struct db_rows *r)
{
	return (struct trash_entry){ .id = db_int(r, 0),
		.run = text(t->a, r, 1),
		.at = text(t->a, r, 2),
		.kind = (enum loss_kind)db_int(r, 3),
		.table = text(t->a, r, 4),
		.column = text(t->a, r, 5),
		.rowid = text(t->a, r, 6),
		.sql = text(t->a, r, 7),
		.series = db_int(r, 8),
		.rows = db_int(r, 9),
		.bytes = db_int(r, 10),
		.days = db_int(r, 11) };
}

/* The columns of the copy; of a copied column those that are the key. */
static bool
read_columns(struct trash *t, struct trash_entry *e, struct err *err)
{
	const char *name = arena_fmt(t->a, "data_%lld", (long long)e->id);
	struct err why = { 0 };
	struct db_rows *r = db_query(t->db,
	    "SELECT name FROM pragma_table_info(?1) ORDER BY cid", &name, 1,
	    err);

	if (!r)
		return false;
	while (db_rows_next(r, &why)) {
		const char *column = arena_strdup(t->a, db_text(r, 0));

		vec_push(t->a, &e->columns, column);
		if (e->column && strcmp(column, e->column) &&
		    strcmp(column, TRASH_NOW))
			vec_push(t->a, &e->key, column);
	}
	db_rows_end(r);
	if (why.kind)
		*err = why;
	return !why.kind;
}

bool
trash_sqlite_list(struct trash *t, const char *token, int64_t id,
    struct trash_entries *out, struct err *err)
{
	static const char sql[] =
	    "SELECT id, run, at, kind, name, field, rowid_name, sql, series,"
	    " n, bytes, CAST(julianday('now') - julianday(at) AS INTEGER)"
	    " FROM entries WHERE (?1 IS NULL OR run = ?1)"
	    " AND (?2 IS NULL OR id = CAST(?2 AS INTEGER)) ORDER BY id";
	const char *params[] = { token,
		id ? arena_fmt(t->a, "%lld", (long long)id) : NULL };
	struct err why = { 0 };
	struct db_rows *r;
	size_t first = out->n;
	int64_t made;

	if (!db_count(t->db,
		"SELECT count(*) FROM sqlite_schema WHERE name = 'entries'",
		&made, err))
		return false;
	r = made ? db_query(t->db, sql, params, 2, err) : NULL;
	if (!r)
		return !made;
	while (db_rows_next(r, &why))
		vec_push(t->a, out, read_entry(t, r));
	db_rows_end(r);
	if (why.kind) {
		*err = why;
		return false;
	}
	for (size_t i = first; i < out->n; i++)
		if (!read_columns(t, &out->v[i], err))
			return false;
	return true;
}

bool
trash_sqlite_remove(
    struct trash *t, const struct trash_entry *e, struct err *err)
{
	const char *sql = arena_fmt(t->a,
	    "DROP TABLE IF EXISTS data_%lld;"
	    "DELETE FROM entries WHERE id = %lld",
	    (long long)e->id, (long long)e->id);

	return db_exec(t->db, sql, err);
}
