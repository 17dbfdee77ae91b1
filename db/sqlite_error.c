/* sqlite_error - what is wrong with the file, and what to do about it */
#include "db/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* The most special code first; each is said after the file's name. */
static const struct {
	int code;
	const char *text;
} reasons[] = {
	{ SQLITE_NOTADB,
	    "is not a SQLite database: the file is not a database, or it is "
	    "encrypted; nothing was changed" },
	{ SQLITE_READONLY_DIRECTORY,
	    "cannot be written: its folder is read-only, and SQLite keeps a "
	    "journal beside the file" },
	{ SQLITE_READONLY_ROLLBACK,
	    "was left in the middle of a write by a program that ended; it "
	    "recovers when it is opened for writing: sqlite3 FILE .tables" },
	{ SQLITE_READONLY_RECOVERY,
	    "was left in the middle of a write by a program that ended; it "
	    "recovers when it is opened for writing: sqlite3 FILE .tables" },
	{ SQLITE_READONLY_DBMOVED,
	    "was moved or deleted while it was open; run again" },
	{ SQLITE_READONLY,
	    "cannot be written: the file is read-only for this user" },
	{ SQLITE_FULL,
	    "cannot be written: the disk is full; free some space and run "
	    "again" },
	{ SQLITE_PERM, "cannot be opened: this user may not" },
	{ SQLITE_CORRUPT,
	    "is damaged; keep a copy, and try: sqlite3 FILE .recover" },
	{ SQLITE_IOERR, "cannot be read or written" },
	{ SQLITE_CANTOPEN, "cannot be opened" },
};

static const char *
reason(int rc)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		if (reasons[i].code == rc || reasons[i].code == (rc & 0xff))
			return reasons[i].text;
	return NULL;
}

/* Adds the head of the statement, on one line. */
static void
add_statement(const char *sql, struct err *err)
{
	char head[201];
	size_t n;

	sql += strspn(sql, " \t\r\n;");
	n = strnlen(sql, sizeof(head) - 1);
	if (sql[n])
		/* not in the middle of a character */
		while (n && ((unsigned char)sql[n] & 0xc0) == 0x80)
			n--;
	for (size_t i = 0; i < n; i++)
		head[i] = sql[i] == '\n' || sql[i] == '\t' ? ' ' : sql[i];
	head[n] = '\0';
	if (n)
		err_add(err, "in: %s%s", head, sql[n] ? " …" : "");
}

static bool
fail_busy(struct sqlite_db *s, struct err *err)
{
	struct buf who = { 0 };

	err_set(err, ERR_BUSY,
	    "%s is locked: another program has been using it for %.1f s",
	    s->db.name,
	    (s->waited_ms ? (double)s->waited_ms : s->db.timeout_ms) / 1000.0);
	if (!s->memory)
		sqlite_holders(&who, s->db.name);
	if (who.len)
		err_add(err, "it is %s", who.s);
	else
		err_add(err, "to see who: fuser -v %s", s->db.name);
	buf_release(&who);
	return err_add(err, "wait until it has finished, or end it; then run "
			    "again");
}

/* What the system said last: SQLite keeps it for the connection when opening
 * fails, and for the file when reading or writing does. */
static int
system_errno(sqlite3 *handle)
{
	int e = handle ? sqlite3_system_errno(handle) : 0;

	if (!e && handle)
		sqlite3_file_control(
		    handle, "main", SQLITE_FCNTL_LAST_ERRNO, &e);
	return e;
}

bool
sqlite_fail(struct sqlite_db *s, int rc, const char *sql, struct err *err)
{
	const char *why = reason(rc);
	int e = system_errno(s->handle);

	if ((rc & 0xff) == SQLITE_BUSY)
		return fail_busy(s, err);
	if (why)
		err_fail(err, "%s %s", s->db.name, why);
	else
		err_fail(err, "%s: %s", s->db.name,
		    s->handle ? sqlite3_errmsg(s->handle) : sqlite3_errstr(rc));
	if ((rc & 0xff) == SQLITE_CORRUPT && s->handle)
		err_add(err, "SQLite says: %s", sqlite3_errmsg(s->handle));
	if (((rc & 0xff) == SQLITE_IOERR || (rc & 0xff) == SQLITE_CANTOPEN) &&
	    e)
		err_add(err, "the system says: %s", strerror(e));
	if (!why && sql)
		add_statement(sql, err);
	return false;
}

static char *
folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct buf b = { 0 };

	if (slash)
		buf_add(&b, path, slash == path ? 1 : (size_t)(slash - path));
	else
		buf_puts(&b, ".");
	return b.s;
}

static bool
folder_ok(
    const char *folder, const char *path, enum db_mode mode, struct err *err)
{
	struct stat st;

	if (stat(folder, &st))
		return err_fail(err, "cannot open %s: folder %s: %s", path,
		    folder, strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return err_fail(
		    err, "cannot open %s: %s is not a folder", path, folder);
	if (mode == DB_WRITE &&
	    faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS))
		return err_fail(err,
		    "cannot write %s: its folder %s: %s\n"
		    "SQLite keeps a journal beside the file",
		    path, folder, strerror(errno));
	return true;
}

bool
sqlite_path_ok(const char *path, enum db_mode mode, struct err *err)
{
	char *folder;
	struct stat st;
	bool ok;

	if (!stat(path, &st)) {
		if (S_ISDIR(st.st_mode))
			return err_fail(
			    err, "%s is a folder, not a SQLite database", path);
		/* a pipe would wait for ever */
		if (!S_ISREG(st.st_mode))
			return err_fail(err,
			    "%s is not a file, so it is no SQLite database",
			    path);
		if (faccessat(AT_FDCWD, path,
			mode == DB_WRITE ? R_OK | W_OK : R_OK, AT_EACCESS))
			return err_fail(err, "cannot %s %s: %s",
			    mode == DB_WRITE ? "write" : "read", path,
			    strerror(errno));
	} else if (mode == DB_READ && errno == ENOENT) {
		return err_fail(
		    err, "%s does not exist; `deesse push` makes it", path);
	}
	folder = folder_of(path);
	ok = folder_ok(folder, path, mode, err);
	free(folder);
	return ok;
}
