/* url - database URLs, and what of them may be shown */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "db/db.h"

static const char *const forms =
    "a database is named by a URL:\n"
    "  sqlite:app.db                          a file, made where it is "
    "missing\n"
    "  sqlite:/var/lib/app/app.db\n"
    "  postgresql://user@host:5432/database   the server";

static bool
parse_sqlite(
    struct arena *a, struct db_url *url, const char *rest, struct err *err)
{
	if (text_starts(rest, "//"))
		rest += 2;
	if (!*rest)
		return err_set(err, ERR_USAGE,
		    "the database URL \"%s\" names no file\n%s", url->text,
		    forms);
	/* SQLite would take file:app.db?vfs=x for a URI of its own */
	url->path =
	    arena_fmt(a, "%s%s", text_starts(rest, "file:") ? "./" : "", rest);
	url->shown = arena_fmt(a, "sqlite:%s", rest);
	return true;
}

static int
hex(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *p = c ? strchr(digits, c | 0x20) : NULL;

	return p ? (int)(p - digits) : -1;
}

/* libpq decodes the keys of the query string, and so must who hides them. */
static bool
is_secret(const char *key, size_t n)
{
	static const char *const secrets[] = { "password", "sslpassword" };
	char plain[32];
	size_t len = 0;

	for (size_t i = 0; i < n && len < sizeof(plain) - 1; i++) {
		char c = key[i];

		if (c == '%' && i + 2 < n && hex(key[i + 1]) >= 0 &&
		    hex(key[i + 2]) >= 0) {
			c = (char)(hex(key[i + 1]) << 4 | hex(key[i + 2]));
			i += 2;
		}
		plain[len++] = c;
	}
	plain[len] = '\0';
	for (size_t i = 0; i < sizeof(secrets) / sizeof(*secrets); i++)
		if (text_same_nocase(plain, secrets[i]))
			return true;
	return false;
}

static void
show_query(struct buf *out, const char *query)
{
	char before = '?';

	while (*query) {
		size_t n = strcspn(query, "&"), key = strcspn(query, "=&");

		if (!is_secret(query, key)) {
			buf_putc(out, before);
			buf_add(out, query, n);
			before = '&';
		}
		query += n + (query[n] == '&');
	}
}

/* A password may hold any character that somebody forgot to encode, so all
 * from the first colon to the last @ is hidden: to show too little is no harm.
 */
static bool
parse_postgres(
    struct arena *a, struct db_url *url, const char *rest, struct err *err)
{
	const char *host, *at, *query;
	struct buf b = { 0 };

	if (!text_starts(rest, "//"))
		return err_set(err, ERR_USAGE,
		    "the database URL must begin with postgresql://\n%s",
		    forms);
	host = rest + 2;
	at = strrchr(host, '@');
	buf_add(&b, url->text, (size_t)(host - url->text));
	if (at) {
		buf_add(&b, host, strcspn(host, ":@"));
		host = at;
	}
	query = strchr(host, '?');
	buf_add(&b, host, query ? (size_t)(query - host) : strlen(host));
	if (query)
		show_query(&b, query + 1);
	url->shown = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	return true;
}

static const struct {
	const char *scheme;
	enum dialect dialect;
	bool (*parse)(struct arena *a, struct db_url *url, const char *rest,
	    struct err *err);
} schemes[] = {
	{ "sqlite:", DIALECT_SQLITE, parse_sqlite },
	{ "postgresql:", DIALECT_POSTGRES, parse_postgres },
	{ "postgres:", DIALECT_POSTGRES, parse_postgres },
};

/* Text that is no URL may still hold a password ("host=db password=x"): only
 * what looks like a file's name is repeated. */
static bool
unknown(const char *text, struct err *err)
{
	size_t scheme = strspn(text, "abcdefghijklmnopqrstuvwxyz"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");

	if (text[scheme] == ':')
		return err_set(err, ERR_USAGE,
		    "databases of the kind \"%.*s:\" are not known\n%s",
		    (int)scheme, text, forms);
	if (!*text || strpbrk(text, "=@:"))
		return err_set(
		    err, ERR_USAGE, "this is no database URL\n%s", forms);
	return err_set(err, ERR_USAGE,
	    "\"%s\" is no database URL; did you mean sqlite:%s?\n%s", text,
	    text, forms);
}

bool
db_url_parse(
    struct arena *a, struct db_url *url, const char *text, struct err *err)
{
	*url = (struct db_url){ .text = arena_strdup(a, text) };
	for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++) {
		if (!text_starts(text, schemes[i].scheme))
			continue;
		url->dialect = schemes[i].dialect;
		return schemes[i].parse(
		    a, url, url->text + strlen(schemes[i].scheme), err);
	}
	return unknown(text, err);
}
