/* postgres_pipeline - several statements in one round trip
 *
 * All are sent, and what came of them is read in their order, up to the point
 * where the server and we agree again. Behind one that fails none is run.
 */
#include <string.h>

#include "db/postgres.h"

static struct postgres_db *
of(struct db *db)
{
	return (struct postgres_db *)db;
}

static bool
send_all(
    struct postgres_db *p, const struct db_ask *asks, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++)
		if (!p->pq->PQsendQueryParams(p->conn, asks[i].sql,
			(int)asks[i].n, NULL, asks[i].params, NULL, NULL, 0))
			return postgres_fail(p, NULL, asks[i].sql, err);
	return p->pq->PQpipelineSync(p->conn) ||
	       postgres_fail(p, NULL, NULL, err);
}

/* Reads the rows of one query, each as it comes. */
static bool
read_one(
    struct postgres_db *p, const struct db_ask *ask, void *arg, struct err *err)
{
	PGresult *res;
	bool ok = true;

	p->pq->PQsetSingleRowMode(p->conn);
	while ((res = postgres_result(p))) {
		struct postgres_rows r = { { &p->db }, res, 0 };

		if (ok && !postgres_is_good(p, res))
			ok = postgres_fail(p, res, ask->sql, err);
		else if (ok && p->pq->PQresultStatus(res) == PGRES_SINGLE_TUPLE)
			ask->read(arg, &r.rows);
		p->pq->PQclear(res);
		if (postgres_is_lost(p))
			break;
	}
	return ok &&
	       (!postgres_is_lost(p) || postgres_fail(p, NULL, ask->sql, err));
}

/* After the sync point the connection can be used as before. */
static void
end_pipeline(struct postgres_db *p)
{
	ExecStatusType status = PGRES_COMMAND_OK;

	while (!postgres_is_lost(p) && status != PGRES_PIPELINE_SYNC) {
		PGresult *res = postgres_result(p);

		status = p->pq->PQresultStatus(res);
		p->pq->PQclear(res);
	}
	p->pq->PQexitPipelineMode(p->conn);
}

bool
postgres_send(
    struct db *db, const struct db_ask *asks, size_t n, struct err *err)
{
	struct postgres_db *p = of(db);

	postgres_forget(p);
	if (!p->pq->PQenterPipelineMode(p->conn))
		return postgres_fail(p, NULL, NULL, err);
	return send_all(p, asks, n, err); /* or the connection is lost */
}

void
postgres_forget(struct postgres_db *p)
{
	if (!p->ahead_of)
		return;
	p->ahead_of = NULL;
	end_pipeline(p);
	/* what these had begun */
	db_rollback(&p->db);
}

bool
postgres_receive(struct db *db, const struct db_ask *asks, size_t n, void *arg,
    struct err *err)
{
	struct postgres_db *p = of(db);
	bool ok = true;

	p->ahead_of = NULL;
	for (size_t i = 0; ok && i < n; i++)
		ok = read_one(p, &asks[i], arg, err);
	end_pipeline(p);
	return ok;
}

bool
postgres_ask(struct db *db, const struct db_ask *asks, size_t n, void *arg,
    struct err *err)
{
	return postgres_send(db, asks, n, err) &&
	       postgres_receive(db, asks, n, arg, err);
}

/* Reads what came of one statement that has no rows. */
static bool
end_one(struct postgres_db *p, const char *sql, struct err *err)
{
	PGresult *res;
	bool ok = true;

	while ((res = postgres_result(p))) {
		if (ok && !postgres_is_good(p, res))
			ok = postgres_fail(
			    p, res, strchr(sql, ';') ? sql : NULL, err);
		p->pq->PQclear(res);
		if (postgres_is_lost(p))
			break;
	}
	return ok &&
	       (!postgres_is_lost(p) || postgres_fail(p, NULL, NULL, err));
}

bool
postgres_exec_all(struct db *db, const char *const *sql, size_t n, size_t *done,
    struct err *err)
{
	struct postgres_db *p = of(db);
	bool ok = true;

	*done = 0;
	postgres_forget(p);
	p->seen_of = NULL;
	if (!p->pq->PQenterPipelineMode(p->conn))
		return postgres_fail(p, NULL, NULL, err);
	for (size_t i = 0; i < n; i++)
		if (!p->pq->PQsendQueryParams(
			p->conn, sql[i], 0, NULL, NULL, NULL, NULL, 0))
			return postgres_fail(p, NULL, NULL, err);
	if (!p->pq->PQpipelineSync(p->conn))
		return postgres_fail(p, NULL, NULL, err);
	while (ok && *done < n) {
		ok = end_one(p, sql[*done], err);
		*done += ok;
	}
	end_pipeline(p);
	return ok;
}
