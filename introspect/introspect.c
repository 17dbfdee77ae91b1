/* introspect - a live database as a schema */
#include "introspect/introspect.h"

#include "introspect/postgres.h"
#include "introspect/sqlite.h"

static const struct {
	struct schema *(*read)(struct arena *a, struct db *db,
	    const struct schema *like, struct err *err);
	bool (*fingerprint)(struct db *db, char *hex, struct err *err);
} readers[DIALECT_COUNT] = {
	[DIALECT_SQLITE] = { sqlite_introspect, sqlite_fingerprint },
	[DIALECT_POSTGRES] = { postgres_introspect, postgres_fingerprint },
};

struct schema *
introspect(struct arena *a, struct db *db, struct err *err)
{
	return readers[db_dialect(db)].read(a, db, NULL, err);
}

struct schema *
introspect_like(
    struct arena *a, struct db *db, const struct schema *like, struct err *err)
{
	return readers[db_dialect(db)].read(a, db, like, err);
}

bool
introspect_fingerprint(struct db *db, char hex[HASH_HEX], struct err *err)
{
	return readers[db_dialect(db)].fingerprint(db, hex, err);
}
