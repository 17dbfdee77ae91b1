/* introspect - a live database as a schema */
#include "introspect/introspect.h"

#include "introspect/postgres.h"
#include "introspect/sqlite.h"

static const struct {
	struct schema *(*read)(struct arena *a, struct db *db,
	    const struct schema *like, struct err *err);
	/* NULL: nothing can be asked ahead */
	bool (*ahead)(struct db *db, struct err *err);
	bool (*is_ahead)(struct db *db);
	bool (*end)(struct db *db, char *hex, struct err *err);
	/* NULL: all of it has to be read */
	struct schema *(*written)(
	    struct arena *a, struct db *db, struct err *err);
	bool (*fingerprint)(struct db *db, char *hex, struct err *err);
	/* NULL: the database keeps the texts as they are */
	bool (*spell)(struct arena *a, struct db *db, struct schema *declared,
	    const struct schema *current, const char *state_dir,
	    struct names *unproven, struct err *err);
	bool (*spelled)(struct arena *a, struct db *db, struct schema *target,
	    const struct schema *now, const char *state_dir,
	    const struct names *unproven, struct err *err);
} readers[DIALECT_COUNT] = {
	[DIALECT_SQLITE] = { sqlite_introspect, NULL, NULL, NULL, NULL,
	    sqlite_fingerprint, NULL, NULL },
	[DIALECT_POSTGRES] = { postgres_introspect, postgres_introspect_ahead,
	    postgres_introspect_is_ahead, postgres_introspect_end,
	    postgres_introspect_written, postgres_fingerprint, postgres_spell,
	    postgres_spelled },
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
introspect_ahead(struct db *db, struct err *err)
{
	enum dialect d = db_dialect(db);

	return !readers[d].ahead || readers[d].ahead(db, err);
}

bool
introspect_is_ahead(struct db *db)
{
	enum dialect d = db_dialect(db);

	return readers[d].is_ahead && readers[d].is_ahead(db);
}

bool
introspect_end(struct db *db, char hex[HASH_HEX], struct err *err)
{
	return readers[db_dialect(db)].end(db, hex, err);
}

struct schema *
introspect_written(struct arena *a, struct db *db, struct err *err)
{
	enum dialect d = db_dialect(db);

	return readers[d].written ? readers[d].written(a, db, err)
				  : readers[d].read(a, db, NULL, err);
}

bool
introspect_fingerprint(struct db *db, char hex[HASH_HEX], struct err *err)
{
	return readers[db_dialect(db)].fingerprint(db, hex, err);
}

bool
introspect_spell(struct arena *a, struct db *db, struct schema *declared,
    const struct schema *current, const char *state_dir, struct names *unproven,
    struct err *err)
{
	enum dialect d = db_dialect(db);

	return !readers[d].spell || readers[d].spell(a, db, declared, current,
					state_dir, unproven, err);
}

bool
introspect_spelled(struct arena *a, struct db *db, struct schema *target,
    const struct schema *now, const char *state_dir,
    const struct names *unproven, struct err *err)
{
	enum dialect d = db_dialect(db);

	return !readers[d].spelled ||
	       readers[d].spelled(a, db, target, now, state_dir, unproven, err);
}
