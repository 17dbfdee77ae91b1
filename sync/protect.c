/* protect - is it the right database? */
#include "sync/protect.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "sync/session.h"

/* "production", "*.example.org", a URL, or the variable that holds one. */
static bool
means(const char *said, const struct project *p, const struct db_place *place)
{
	const char *held = getenv(said);

	if (held && !strcmp(held, p->url.text))
		return true;
	if (!strcmp(said, p->url.text) || !strcmp(said, p->url.shown) ||
	    (*p->name && !strcmp(said, p->name)))
		return true;
	for (size_t i = 0; i < place->names.n; i++)
		if (!fnmatch(said, place->names.v[i], FNM_CASEFOLD))
			return true;
	return false;
}

/* The database may be named on the command line, and CONFIG unread. */
static bool
read_config(struct arena *a, const struct project *p, struct dsl_config *config,
    struct err *err)
{
	*config = p->config;
	return config->source.file || !p->dsl.dir ||
	       dsl_config(a, &p->dsl, config, err);
}

bool
protect_find(struct arena *a, const struct project *p, struct protection *out,
    struct err *err)
{
	struct dsl_config config;
	struct db_place place;

	*out = (struct protection){ 0 };
	if (!read_config(a, p, &config, err) ||
	    !db_place(a, &p->url, &place, err))
		return false;
	out->own = place.names.v[0];
	out->remote = place.remote;
	for (size_t i = 0; i < config.protect.n && !out->name; i++) {
		const char *said = config.protect.v[i];

		if (!means(said, p, &place))
			continue;
		/* a pattern is no name to say */
		out->name = strpbrk(said, "*?[") ? out->own : said;
		out->by = arena_fmt(
		    a, "%s:%d", config.source.file, config.source.line);
	}
	return true;
}

void
protect_mark(
    struct arena *a, struct protection *x, const struct journal_state *head)
{
	if (!head->protected || !*head->protected)
		return;
	x->name = arena_strdup(a, head->protected);
	x->by = "deesse protect";
}

bool
protect_allows(const struct protection *x, const struct project *p,
    const struct sync_options *o, struct err *err)
{
	if (!x || !x->name || o->any_protected ||
	    (o->protected && !strcmp(o->protected, x->name)))
		return true;
	if (o->protected)
		return err_set(err, ERR_DECISION,
		    "%s is protected as \"%s\" (%s), not as \"%s\": it is left "
		    "alone",
		    p->url.shown, x->name, x->by, o->protected);
	err_set(err, ERR_DECISION,
	    "%s is protected as \"%s\" (%s): it is left alone", p->url.shown,
	    x->name, x->by);
	return o->instead
		   ? err_add(err, "to work on it all the same: deesse %s %s",
			 o->command, o->instead)
		   : err_add(err,
			 "to change it all the same: deesse %s --protected "
			 "'%s'",
			 o->command, x->name);
}

bool
protect_allows_dev(struct arena *a, const struct project *p,
    const struct sync_options *o, struct err *err)
{
	struct err away = { 0 };
	struct db *db = NULL;
	struct protection x;
	bool ok;

	if (o->any_protected)
		return true;
	if (!protect_find(a, p, &x, err))
		return false;
	if (x.remote)
		return err_set(err, ERR_DECISION,
		    "%s is on another machine (%s), and deesse dev changes "
		    "what it sees\n"
		    "to work on it all the same: deesse dev %s",
		    p->url.shown, x.remote, o->instead);
	if (!protect_allows(&x, p, o, err))
		return false;
	/* if it is away, it is asked again before it is changed */
	ok = !session_open(a, &db, p, DB_READ_NEW, NULL, &away) ||
	     protect_check(a, db, p, o, err);
	db_close(db);
	err_release(&away);
	return ok;
}

bool
protect_check(struct arena *a, struct db *db, const struct project *p,
    const struct sync_options *o, struct err *err)
{
	struct journal_state head;
	struct protection x;

	if (!protect_find(a, p, &x, err) ||
	    !journal_read_head(a, db, &head, err))
		return false;
	protect_mark(a, &x, &head);
	return protect_allows(&x, p, o, err);
}
