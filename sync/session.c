/* session - a connection as CONFIG and the collections want it */
#include "sync/session.h"

#include <string.h>

#include "introspect/introspect.h"
#include "sync/dialect.h"

/* CONFIG(.schemas = VALUES("*")): those that are there, whatever they are. */
static bool
wants_all(const struct dsl_config *config)
{
	for (size_t i = 0; i < config->schemas.n; i++)
		if (!strcmp(config->schemas.v[i], "*"))
			return true;
	return false;
}

static bool
add_all(struct arena *a, struct db *db, const struct dsl_config *config,
    struct names *to, struct err *err)
{
	return !wants_all(config) ||
	       sync_dialect(DIALECT_POSTGRES)->list_schemas(a, db, to, err);
}

static bool
manage(struct arena *a, struct db *db, const struct project *p,
    const struct schema *declared, struct journal_state *head, struct err *err)
{
	const struct sync_dialect *d = sync_dialect(p->url.dialect);

	if (!d->become(db, p->config.role, err) ||
	    !journal_read_head(a, db, head, err) ||
	    !add_all(a, db, &p->config, &head->schemas, err))
		return false;
	db_manage(db, d->schemas(a, &p->config, declared, &head->schemas));
	return true;
}

static bool
connect_to(
    struct db **db, const struct project *p, enum db_mode mode, struct err *err)
{
	if (p->standing && *p->standing) {
		*db = *p->standing;
		*p->standing = NULL;
		if (db_is_alive(*db))
			return true;
		db_close(*db);
	}
	return db_open(db, &p->url, mode, err);
}

void
session_close(const struct project *p, struct db *db)
{
	if (db && p->standing && !*p->standing && db_rest(db))
		*p->standing = db;
	else
		db_close(db);
}

bool
session_renew(struct arena *a, struct db *db, const struct project *p,
    struct journal_state *head, struct err *err)
{
	return manage(a, db, p, NULL, head, err);
}

bool
session_open(struct arena *a, struct db **db, const struct project *p,
    enum db_mode mode, const struct schema *declared, struct err *err)
{
	struct journal_state head;

	return connect_to(db, p, mode, err) &&
	       (!sync_dialect(p->url.dialect)->schemas ||
		   manage(a, *db, p, declared, &head, err));
}

bool
session_open_head(struct arena *a, struct db **db, const struct project *p,
    enum db_mode mode, struct journal_state *head, struct err *err)
{
	return connect_to(db, p, mode, err) &&
	       (sync_dialect(p->url.dialect)->schemas
		       ? manage(a, *db, p, NULL, head, err)
		       : journal_read_head(a, *db, head, err));
}

static bool
same_names(const struct names *a, const struct names *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->v[i], b->v[i]) != 0)
			return false;
	return true;
}

bool
session_again(struct arena *a, struct db **db, const struct project *p,
    enum db_mode mode, const struct schema *declared,
    const struct journal_state *head, struct err *err)
{
	const struct sync_dialect *d = sync_dialect(p->url.dialect);
	struct err gone = { 0 };
	int64_t one;

	if (*db && d->schemas &&
	    (introspect_is_ahead(*db) ||
		db_count(*db, "SELECT 1", &one, &gone))) {
		const struct names *all =
		    d->schemas(a, &p->config, declared, &head->schemas);

		if (!same_names(all, db_managed(*db)))
			db_manage(*db, all);
		return true;
	}
	err_release(&gone);
	db_close(*db);
	*db = NULL;
	return session_open(a, db, p, mode, declared, err);
}

bool
session_open_all(struct arena *a, struct db **db, const struct db_url *url,
    const struct dsl_config *config, enum db_mode mode, struct err *err)
{
	const struct sync_dialect *d = sync_dialect(url->dialect);
	struct names *all = arena_new(a, struct names);

	if (!db_open(db, url, mode, err))
		return false;
	if (!d->schemas)
		return true;
	if (!d->become(*db, config->role, err))
		return false;
	if (!wants_all(config))
		*all = config->schemas;
	if (!all->n && !d->list_schemas(a, *db, all, err))
		return false;
	db_manage(*db, all);
	return true;
}

bool
session_widen(struct arena *a, struct db *db, const struct project *p,
    const struct schema *s)
{
	const struct sync_dialect *d = sync_dialect(p->url.dialect);
	const struct names *before = db_managed(db), *all;

	if (!d->schemas)
		return false;
	all = d->schemas(a, &p->config, s, before);
	if (all->n == before->n)
		return false;
	db_manage(db, all);
	return true;
}

void
session_narrow(struct arena *a, struct db *db, const struct project *p,
    const struct schema *declared, const struct names *owned)
{
	const struct sync_dialect *d = sync_dialect(p->url.dialect);
	const struct names *all;
	struct names held = { 0 };
	struct err ignored = { 0 };

	if (!d->schemas)
		return;
	/* what it cannot list stays managed */
	if (wants_all(&p->config) &&
	    !add_all(a, db, &p->config, &held, &ignored)) {
		err_release(&ignored);
		return;
	}
	for (size_t i = 0; i < db_managed(db)->n; i++)
		if (d->holds(owned, db_managed(db)->v[i]))
			vec_push(a, &held, db_managed(db)->v[i]);
	all = d->schemas(a, &p->config, declared, &held);
	if (!same_names(all, db_managed(db)))
		db_manage(db, all);
}
