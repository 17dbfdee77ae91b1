/* postgres_place - where a URL leads, asked of libpq
 *
 * Service files, the environment and the defaults are libpq's to resolve. A
 * value that it refuses once all is resolved keeps it from going anywhere: no
 * name is looked up, and no server hears of it.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "db/postgres.h"

#define REFUSED "no-such-mode"

/* An address in any form that the resolver takes, "2130706433" among them. */
static bool
is_loopback(const char *host, bool *address)
{
	struct in_addr v4;
	struct in6_addr v6;
	char plain[INET6_ADDRSTRLEN];

	*address = true;
	if (inet_aton(host, &v4))
		return ntohl(v4.s_addr) >> 24 == 127;
	snprintf(plain, sizeof(plain), "%.*s", (int)strcspn(host, "%"), host);
	if (inet_pton(AF_INET6, plain, &v6) == 1)
		return IN6_IS_ADDR_LOOPBACK(&v6) ||
		       (IN6_IS_ADDR_V4MAPPED(&v6) && v6.s6_addr[12] == 127);
	*address = false;
	return false;
}

static bool
is_here(const char *host)
{
	bool address;

	if (!*host || *host == '/' || *host == '@')
		return true;
	if (is_loopback(host, &address) || address)
		return is_loopback(host, &address);
	return text_ends(host, ".localhost") || !strpbrk(host, ".:");
}

/* Returns the i-th of a list with commas; "" where there are fewer. */
static const char *
nth(struct arena *a, const char *list, size_t i)
{
	for (; i && *list; list++)
		i -= *list == ',';
	return i ? "" : arena_strndup(a, list, strcspn(list, ","));
}

static size_t
count(const char *list)
{
	size_t n = 1;

	for (; *list; list++)
		n += *list == ',';
	return n;
}

/* A socket's folder is no name that a database could be meant by. */
static void
add_host(struct arena *a, struct db_place *out, const char *host,
    const char *port, const char *name)
{
	if (!*host || *host == '/' || *host == '@')
		return;
	vec_push(a, &out->names, host);
	vec_push(a, &out->names, arena_fmt(a, "%s/%s", host, name));
	if (*port)
		vec_push(
		    a, &out->names, arena_fmt(a, "%s:%s/%s", host, port, name));
}

static const char *
value(const PQconninfoOption *all, const char *keyword)
{
	for (; all->keyword; all++)
		if (!strcmp(all->keyword, keyword))
			return all->val ? all->val : "";
	return "";
}

/* An address goes before the name beside it, which then is for certificates
 * only. */
static void
find_hosts(struct arena *a, const PQconninfoOption *all, struct db_place *out)
{
	const char *hosts = value(all, "host"), *name = out->names.v[0];
	const char *addresses = value(all, "hostaddr");
	const char *ports = value(all, "port");
	size_t n = count(hosts), more = count(addresses);

	for (size_t i = 0; i < (n > more ? n : more); i++) {
		const char *host = nth(a, hosts, i);
		const char *address = nth(a, addresses, i);
		const char *port = nth(a, ports, count(ports) > 1 ? i : 0);

		add_host(a, out, host, port, name);
		add_host(a, out, address, port, name);
		if (!is_here(*address ? address : host) && !out->remote)
			out->remote = *host ? host : address;
	}
}

static bool
find_place(struct arena *a, const PQconninfoOption *all, struct db_place *out)
{
	const char *name;

	if (!all || strcmp(value(all, "sslmode"), REFUSED))
		return false;
	name =
	    *value(all, "dbname") ? value(all, "dbname") : value(all, "user");
	vec_push(a, &out->names, arena_strdup(a, name));
	find_hosts(a, all, out);
	return true;
}

/* The name of a service is what it was resolved from, which libpq does not
 * tell again. */
static void
find_service(struct arena *a, const struct libpq *pq, const char *url,
    struct db_place *out)
{
	PQconninfoOption *said = pq->PQconninfoParse(url, NULL);
	const char *name = said ? value(said, "service") : "";

	if (!*name && getenv("PGSERVICE"))
		name = getenv("PGSERVICE");
	if (*name)
		vec_push(a, &out->names, arena_strdup(a, name));
	pq->PQconninfoFree(said);
}

bool
postgres_place(struct arena *a, const struct db_url *url, struct db_place *out,
    struct err *err)
{
	const char *const keys[] = { "dbname", "sslmode", NULL };
	const char *const values[] = { url->text, REFUSED, NULL };
	const struct libpq *pq = libpq(err);
	PQconninfoOption *all;
	PGconn *conn;
	const char *says;
	bool ok;

	if (!pq)
		return false;
	conn = pq->PQconnectStartParams(keys, values, 1);
	all = conn ? pq->PQconninfo(conn) : NULL;
	says = conn ? pq->PQerrorMessage(conn) : "no memory";
	ok = find_place(a, all, out);
	if (ok)
		find_service(a, pq, url->text, out);
	else
		err_fail(err, "cannot open %s: %.*s", url->shown,
		    (int)strcspn(says, "\n"), says);
	pq->PQconninfoFree(all);
	pq->PQfinish(conn);
	return ok;
}
