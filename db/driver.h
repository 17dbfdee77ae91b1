/* driver.h - what a driver of db/ must do: one const table, one file a driver.
 *
 * Only db/ includes this. A driver's own structs begin with struct db and
 * struct db_rows; the calls mean what db.h says of the function of that name.
 */
#ifndef DB_DRIVER_H
#define DB_DRIVER_H

#include "base/clock.h"
#include "db/db.h"

struct db_driver {
	/* NULL: nothing */
	void (*prepare)(void);
	bool (*open)(struct db **db, const struct db_url *url,
	    enum db_mode mode, struct err *err);
	bool (*place)(struct arena *a, const struct db_url *url,
	    struct db_place *out, struct err *err);
	void (*close)(struct db *db);
	/* NULL: it never rests */
	bool (*rest)(struct db *db);
	bool (*alive)(struct db *db);
	bool (*exec)(struct db *db, const char *sql, struct err *err);
	/* NULL: one after the other */
	bool (*exec_all)(struct db *db, const char *const *sql, size_t n,
	    size_t *done, struct err *err);
	struct db_rows *(*query)(struct db *db, const char *sql,
	    const char *const *params, size_t n, struct err *err);
	bool (*next)(struct db_rows *r, struct err *err);
	const char *(*text)(struct db_rows *r, int i);
	int64_t (*number)(struct db_rows *r, int i);
	bool (*null)(struct db_rows *r, int i);
	void (*end)(struct db_rows *r);
	/* NULL: one query after the other */
	bool (*ask)(struct db *db, const struct db_ask *asks, size_t n,
	    void *arg, struct err *err);
	bool (*begin)(struct db *db, struct err *err);
	bool (*commit)(struct db *db, struct err *err);
	void (*rollback)(struct db *db);
	/* NULL: it looks at timeout_ms when it waits */
	void (*timeout)(struct db *db, int ms);
	bool (*lock)(struct db *db, struct err *err);
	bool (*rebuild_mode)(struct db *db, bool on, struct err *err);
	void *(*handle)(struct db *db);
	/* both connections are of this driver; NULL: has no way */
	bool (*stream)(struct db *from, const char *select, struct db *to,
	    const char *into, struct db_flow *flow, struct err *err);
	bool (*triggers)(struct db *db, bool on, struct err *err);
	/* NULL: never */
	void (*progress)(struct db *db, void (*fn)(void *arg), void *arg);
};

struct db {
	const struct db_driver *driver;
	enum dialect dialect;
	char *name;
	int timeout_ms;
	const struct names *managed; /* NULL: public */
};

struct db_rows {
	struct db *db;
};

extern const struct db_driver sqlite_driver, postgres_driver;

/* Waits a little before something is tried again. */
void db_nap(void);

#endif
