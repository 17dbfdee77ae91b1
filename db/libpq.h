/* libpq.h - PostgreSQL's client library, loaded when it is first needed.
 *
 * With what it stands on (TLS, Kerberos, LDAP) the library costs more to load
 * than a whole push that finds nothing to do on SQLite, and a program without a
 * server need not have it. So it is not linked: libpq() loads it once, and
 * what deesse calls of it are the members of struct libpq.
 *
 * Only db/ and what speaks to PostgreSQL directly include this.
 */
#ifndef DB_LIBPQ_H
#define DB_LIBPQ_H

#include <libpq-fe.h>

#include "base/err.h"

#define LIBPQ_FUNCTIONS(X)                                                     \
	X(PQconnectStartParams)                                                \
	X(PQconnectPoll)                                                       \
	X(PQconninfo)                                                          \
	X(PQconninfoFree)                                                      \
	X(PQconninfoParse)                                                     \
	X(PQstatus)                                                            \
	X(PQerrorMessage)                                                      \
	X(PQfinish)                                                            \
	X(PQsocket)                                                            \
	X(PQparameterStatus)                                                   \
	X(PQserverVersion)                                                     \
	X(PQtransactionStatus)                                                 \
	X(PQbackendPID)                                                        \
	X(PQdb)                                                                \
	X(PQhost)                                                              \
	X(PQport)                                                              \
	X(PQuser)                                                              \
	X(PQsetNoticeReceiver)                                                 \
	X(PQsendQuery)                                                         \
	X(PQsendQueryParams)                                                   \
	X(PQsetSingleRowMode)                                                  \
	X(PQgetResult)                                                         \
	X(PQclear)                                                             \
	X(PQresultStatus)                                                      \
	X(PQresultErrorField)                                                  \
	X(PQresultErrorMessage)                                                \
	X(PQntuples)                                                           \
	X(PQnfields)                                                           \
	X(PQgetvalue)                                                          \
	X(PQgetlength)                                                         \
	X(PQgetisnull)                                                         \
	X(PQcmdTuples)                                                         \
	X(PQsetnonblocking)                                                    \
	X(PQflush)                                                             \
	X(PQconsumeInput)                                                      \
	X(PQisBusy)                                                            \
	X(PQenterPipelineMode)                                                 \
	X(PQexitPipelineMode)                                                  \
	X(PQpipelineSync)                                                      \
	X(PQputCopyData)                                                       \
	X(PQputCopyEnd)                                                        \
	X(PQgetCopyData)                                                       \
	X(PQfreemem)                                                           \
	X(PQgetCancel)                                                         \
	X(PQcancel)                                                            \
	X(PQfreeCancel)

struct libpq {
#define X(f) __typeof__(f) *f;
	LIBPQ_FUNCTIONS(X)
#undef X
};

/* Returns the library, loading it at the first call; NULL where it is missing
 * or lacks a function, with an error that says what to install. Not for two
 * threads at once. */
const struct libpq *libpq(struct err *err);

#endif
