/* postgres_error - what the server says is wrong, and what to do about it */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "db/postgres.h"

static void
put_field(struct postgres_db *p, const PGresult *res, int code,
    const char *label, struct buf *out)
{
	const char *text = p->pq->PQresultErrorField(res, code);

	if (text)
		buf_fmt(out, "%s%s", label, text);
}

bool
postgres_is_lost(const struct postgres_db *p)
{
	return p->pq->PQstatus(p->conn) != CONNECTION_OK;
}

bool
postgres_said(struct db *db, const char *sqlstate)
{
	return !strncmp(
	    ((struct postgres_db *)db)->said, sqlstate, strlen(sqlstate));
}

/* What the server does not say itself. */
static const struct {
	const char *sqlstate, *text;
} advice[] = {
	{ "25006", "the session may only read: is this a standby, or a "
		   "database that is set to read only?" },
	{ "40P01", "two sessions waited for each other; nothing was changed, "
		   "run it again" },
	{ "42501", "this role lacks a right; grant it, or let CONFIG's .role "
		   "name one that has it" },
	{ "53200", "the server has no room for more locks or memory: raise "
		   "max_locks_per_transaction and restart it, or change less "
		   "at a time" },
	{ "55P03", "another session holds what is needed; nothing was changed, "
		   "run it again when that one has ended" },
	{ "57P01", "somebody ended this session; what was not committed is as "
		   "it was" },
	{ "57P03", "the server is starting or stopping; try again" },
};

static void
add_advice(const struct postgres_db *p, struct err *err)
{
	for (size_t i = 0; i < sizeof(advice) / sizeof(*advice); i++)
		if (!strcmp(p->said, advice[i].sqlstate))
			err_add(err, "%s", advice[i].text);
}

/* Others hold what is needed, or the server is away for a moment. */
static bool
is_passing(const struct postgres_db *p)
{
	static const char *const states[] = { "40P01", "55P03", "57P01",
		"57P02", "57P03" };

	for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++)
		if (!strcmp(p->said, states[i]))
			return true;
	return postgres_is_lost(p);
}

bool
postgres_fail(struct postgres_db *p, const PGresult *res, const char *sql,
    struct err *err)
{
	struct buf b = { 0 };
	const char *code =
	    res ? p->pq->PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;

	snprintf(p->said, sizeof(p->said), "%s", code ? code : "");
	if (res && p->pq->PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY)) {
		put_field(p, res, PG_DIAG_MESSAGE_PRIMARY, "", &b);
		put_field(p, res, PG_DIAG_MESSAGE_DETAIL, "\n", &b);
		put_field(p, res, PG_DIAG_MESSAGE_HINT, "\nhint: ", &b);
		put_field(p, res, PG_DIAG_CONTEXT, "\nin: ", &b);
	} else {
		buf_puts(&b, p->pq->PQerrorMessage(p->conn));
	}
	while (b.len && b.s[b.len - 1] == '\n')
		b.s[--b.len] = '\0';
	err_fail(err, "%s: %s%s", p->db.name,
	    postgres_is_lost(p) ? "the connection is lost: " : "", buf_str(&b));
	if (sql)
		err_add(err, "statement: %s", sql);
	add_advice(p, err);
	if (is_passing(p))
		err->kind = ERR_BUSY;
	buf_release(&b);
	return false;
}
