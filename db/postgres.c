/* postgres - the place of the PostgreSQL driver
 *
 * libpq is not linked: its start-up cost belongs to who uses it. A URL is
 * parsed and shown all the same, so that the answer is about the database and
 * not about the URL.
 */
#include "db/driver.h"

static bool
postgres_open(struct db **db, const struct db_url *url, enum db_mode mode,
    struct err *err)
{
	(void)db;
	(void)mode;
	return err_fail(err,
	    "cannot open %s: this version reads and writes SQLite databases\n"
	    "`deesse diff --dialect postgres` writes the DDL for PostgreSQL",
	    url->shown);
}

const struct db_driver postgres_driver = { .open = postgres_open };
