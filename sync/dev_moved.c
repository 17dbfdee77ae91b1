/* dev_moved - has somebody else changed the database?
 *
 * Nothing tells of it, so it is looked at now and then: a file's facts first,
 * and its schema only where those moved; a server is asked, less often while
 * nobody waits for an answer.
 */
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "introspect/introspect.h"
#include "sync/dev_state.h"
#include "sync/session.h"

#define FILE_MS 500
#define ASKING_MS 1000
#define IDLE_MS 5000
#define PATIENCE_MS 100 /* who writes now is done at the next glance */

static void
add_facts(struct hash *h, const char *path)
{
	struct stat st = { 0 };

	if (stat(path, &st))
		return;
	hash_add(h, &st.st_ino, sizeof(st.st_ino));
	hash_add(h, &st.st_size, sizeof(st.st_size));
	hash_add(h, &st.st_mtim, sizeof(st.st_mtim));
}

/* How long a connection waits for the next save. */
#define STANDING_MS 10000

static void
stand(struct dev *d)
{
	d->stands_until = d->standing ? clock_ms() + STANDING_MS : 0;
}

void
dev_warm(struct dev *d)
{
	char now[HASH_HEX];
	struct arena a = { 0 };
	struct err away = { 0 };
	struct db *db = NULL;

	if (d->project.url.path || d->retry)
		return;
	/* what is asked first takes longest: a new backend knows nothing yet */
	if (!d->standing &&
	    session_open(&a, &db, &d->project, DB_READ_NEW, NULL, &away)) {
		introspect_fingerprint(db, now, &away);
		session_close(&d->project, db);
	}
	stand(d);
	err_release(&away);
	arena_release(&a);
}

void
dev_cool(struct dev *d, bool now)
{
	if (d->standing && (now || clock_ms() >= d->stands_until)) {
		db_close(d->standing);
		d->standing = NULL;
	}
	if (!d->standing)
		d->stands_until = 0;
}

/* "" where it is no file. */
static void
file_facts(const struct dev *d, char hex[HASH_HEX])
{
	const char *path = d->project.url.path;
	struct arena a = { 0 };
	struct hash h;

	*hex = '\0';
	if (!path)
		return;
	hash_init(&h);
	add_facts(&h, path);
	add_facts(&h, arena_fmt(&a, "%s-wal", path));
	hash_hex(&h, hex);
	arena_release(&a);
}

/* Its schema now, and as the last run left it. */
static bool
read_state(const struct dev *d, char now[HASH_HEX], char left[HASH_HEX],
    struct err *err)
{
	struct arena a = { 0 };
	struct journal_state head = { 0 };
	struct db *db = NULL;
	bool ok;

	ok = session_open(&a, &db, &d->project, DB_READ_NEW, NULL, err);
	if (ok) {
		db_timeout(db, PATIENCE_MS);
		ok = introspect_fingerprint(db, now, err) &&
		     journal_read_head(&a, db, &head, err);
	}
	if (ok && head.fingerprint)
		snprintf(left, HASH_HEX, "%s", head.fingerprint);
	session_close(&d->project, db);
	arena_release(&a);
	return ok;
}

void
dev_note_database(struct dev *d, bool applied)
{
	char left[HASH_HEX] = "";
	struct err away = { 0 };

	d->gone = false;
	d->glance = clock_ms();
	file_facts(d, d->facts);
	if (!read_state(d, d->fingerprint, left, &away))
		*d->fingerprint = '\0';
	/* somebody was quicker than this note */
	else if (applied && strcmp(left, d->fingerprint) != 0)
		*d->facts = *d->fingerprint = '\0';
	stand(d);
	err_release(&away);
}

/* A file that went away is not made again before something is saved. */
static bool
is_gone(struct dev *d)
{
	const char *path = d->project.url.path;
	bool gone = path && !file_exists(path);

	if (gone && !d->gone)
		d->ui->gone();
	else if (!gone && d->gone)
		d->ui->back();
	d->gone = gone;
	return gone;
}

long
dev_next_glance(const struct dev *d)
{
	long pause = d->project.url.path            ? FILE_MS
		     : d->asking || d->asking_drift ? ASKING_MS
						    : IDLE_MS;

	return d->retry ? 0 : d->glance + pause;
}

bool
dev_database_moved(struct dev *d)
{
	char facts[HASH_HEX], now[HASH_HEX], left[HASH_HEX] = "";
	struct err err = { 0 };
	bool was_gone = d->gone, ok;

	d->glance = clock_ms();
	file_facts(d, facts);
	if (*facts && !strcmp(facts, d->facts))
		return false;
	if (is_gone(d))
		return !was_gone;
	ok = read_state(d, now, left, &err);
	err_release(&err);
	/* a file that is being written is looked at again */
	if (!ok)
		return !*facts;
	memcpy(d->facts, facts, HASH_HEX);
	return was_gone || strcmp(now, d->fingerprint) != 0;
}
