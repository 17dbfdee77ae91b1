/* trash_postgres_move - what goes moves into the trash, and back
 *
 * A DROP is tried first and taken back: so the server itself says whether
 * something else needs what would go. Only then it moves. In the trash it must
 * neither block what is done to the rest of the database nor fire there, so all
 * that leads from it to others is taken off; the journal knows it, and undo
 * makes it again.
 */
#include <string.h>

#include "db/postgres.h"
#include "sql/key.h"
#include "sql/lex.h"
#include "sql/quote.h"
#include "sync/trash_postgres.h"

#define D DIALECT_POSTGRES

/* $1 and the partitions below it. */
#define TREE                                                                   \
	"WITH RECURSIVE tree (oid, depth) AS (SELECT $1::oid, 0"               \
	" UNION ALL SELECT i.inhrelid, depth + 1 FROM pg_catalog.pg_inherits"  \
	" i JOIN tree ON i.inhparent = tree.oid"                               \
	" JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid"                    \
	" WHERE c.relispartition)"

/* One move: statements out, and statements back, which a buffer collects. */
struct moving {
	struct trash *t;
	struct trash_entry *e;
	const char *oid;
	struct buf out, back, last;
	int n; /* members seen */
	int parts;
	const char *schema, *name; /* of the member */
};

static void
in_trash(struct buf *b, const char *name)
{
	sql_qualified(b, D, TRASH, name);
}

static void
named(struct buf *b, const char *schema, const char *name)
{
	sql_qualified(b, D, schema, name);
}

/* Adds what takes one thing off a table: the row says which kind of thing,
 * the table, and the thing. */
static void
add_strip(void *arg, struct db_rows *r)
{
	static const struct {
		char code;
		const char *before, *after;
	} kinds[] = {
		{ 'p', "ALTER PUBLICATION ", " DROP TABLE " },
		{ 'g', "DROP TRIGGER ", " ON " },
		{ 'y', "DROP POLICY ", " ON " },
		{ 'r', "DROP RULE ", " ON " },
	};
	struct moving *m = arg;
	struct buf *b = &m->out;
	const char *code = db_text(r, 0);

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (*code != kinds[i].code)
			continue;
		buf_puts(b, kinds[i].before);
		sql_ident(b, D, db_text(r, 4));
		buf_puts(b, kinds[i].after);
		named(b, db_text(r, 1), db_text(r, 2));
		buf_puts(b, ";\n");
	}
	if (*code == 's') {
		buf_puts(b, "DROP STATISTICS ");
		named(b, db_text(r, 3), db_text(r, 4));
		buf_puts(b, ";\n");
	}
	if (*code != 'f' && *code != 'i')
		return;
	buf_puts(b, "ALTER TABLE ");
	named(b, db_text(r, 1), db_text(r, 2));
	buf_puts(b, *code == 'f' ? " DROP CONSTRAINT " : " NO INHERIT ");
	if (*code == 'f')
		sql_ident(b, D, db_text(r, 4));
	else
		named(b, db_text(r, 3), db_text(r, 4));
	buf_puts(b, ";\n");
}

static bool
strip(struct moving *m, struct err *err)
{
	static const char sql[] = TREE
	    " SELECT x.code, n.nspname, c.relname, x.schema, x.name FROM tree"
	    " JOIN pg_catalog.pg_class c ON c.oid = tree.oid"
	    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
	    " CROSS JOIN LATERAL ("
	    "SELECT 1, 'p', NULL, p.pubname FROM pg_catalog.pg_publication_rel"
	    " r JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid"
	    " WHERE r.prrelid = c.oid"
	    " UNION ALL SELECT 2, 'f', NULL, k.conname"
	    " FROM pg_catalog.pg_constraint k WHERE k.conrelid = c.oid"
	    " AND k.contype = 'f' AND k.conparentid = 0"
	    " UNION ALL SELECT 3, 'g', NULL, g.tgname"
	    " FROM pg_catalog.pg_trigger g WHERE g.tgrelid = c.oid"
	    " AND NOT g.tgisinternal AND NOT EXISTS (SELECT FROM"
	    " pg_catalog.pg_trigger up WHERE up.oid = g.tgparentid)"
	    " UNION ALL SELECT 4, 'y', NULL, y.polname"
	    " FROM pg_catalog.pg_policy y WHERE y.polrelid = c.oid"
	    " UNION ALL SELECT 5, 'r', NULL, w.rulename"
	    " FROM pg_catalog.pg_rewrite w WHERE w.ev_class = c.oid"
	    " UNION ALL SELECT 6, 's', sn.nspname, s.stxname"
	    " FROM pg_catalog.pg_statistic_ext s"
	    " JOIN pg_catalog.pg_namespace sn ON sn.oid = s.stxnamespace"
	    " WHERE s.stxrelid = c.oid"
	    " UNION ALL SELECT 7, 'i', un.nspname, up.relname"
	    " FROM pg_catalog.pg_inherits i"
	    " JOIN pg_catalog.pg_class up ON up.oid = i.inhparent"
	    " JOIN pg_catalog.pg_namespace un ON un.oid = up.relnamespace"
	    " WHERE i.inhrelid = c.oid AND NOT c.relispartition"
	    ") x (place, code, schema, name)"
	    " ORDER BY tree.depth, c.oid, x.place, x.name";

	return trash_postgres_each(m->t, sql, m->oid, add_strip, m, err) &&
	       (!m->out.len || trash_postgres_exec(m->t, &m->out, err));
}

static void
add_detach(void *arg, struct db_rows *r)
{
	struct moving *m = arg;

	buf_puts(&m->out, "ALTER TABLE ");
	named(&m->out, db_text(r, 0), db_text(r, 1));
	buf_puts(&m->out, " DETACH PARTITION ");
	named(&m->out, db_text(r, 2), db_text(r, 3));
	buf_puts(&m->last, ";\nALTER TABLE ");
	named(&m->last, db_text(r, 0), db_text(r, 1));
	buf_puts(&m->last, " ATTACH PARTITION ");
	named(&m->last, db_text(r, 2), db_text(r, 3));
	buf_fmt(&m->last, " %s", db_text(r, 4));
}

/* A partition that goes alone leaves its table. */
static bool
detach(struct moving *m, struct err *err)
{
	static const char sql[] =
	    "SELECT un.nspname, up.relname, n.nspname, c.relname,"
	    " pg_catalog.pg_get_expr(c.relpartbound, c.oid)"
	    " FROM pg_catalog.pg_class c"
	    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
	    " JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid"
	    " JOIN pg_catalog.pg_class up ON up.oid = i.inhparent"
	    " JOIN pg_catalog.pg_namespace un ON un.oid = up.relnamespace"
	    " WHERE c.oid = $1::oid AND c.relispartition";

	return trash_postgres_each(m->t, sql, m->oid, add_detach, m, err) &&
	       (!m->out.len || trash_postgres_exec(m->t, &m->out, err));
}

static void
rename_in(struct buf *b, const char *kind, const char *from, const char *to)
{
	buf_fmt(b, "ALTER %s ", kind);
	in_trash(b, from);
	buf_puts(b, " RENAME TO ");
	sql_ident(b, D, to);
	buf_puts(b, ";\n");
}

/* Ends a member: what stands on it is in `back` already, before the table. */
static void
end_member(struct moving *m)
{
	const char *mine;

	if (!m->name)
		return;
	mine = m->n ? arena_fmt(m->t->a, "t_%lld_%d", (long long)m->e->id, m->n)
		    : arena_fmt(m->t->a, "t_%lld", (long long)m->e->id);
	rename_in(&m->out, "TABLE", m->name, mine);
	rename_in(&m->back, "TABLE", mine, m->name);
	buf_puts(&m->back, "ALTER TABLE ");
	in_trash(&m->back, m->name);
	buf_puts(&m->back, " SET SCHEMA ");
	sql_ident(&m->back, D, m->schema);
	buf_puts(&m->back, ";\n");
	m->n++;
	m->name = NULL;
}

/* A member of the tree, or an index or a sequence of the last one. Names are
 * given only inside the trash, where nobody else gives any. */
static void
add_part(void *arg, struct db_rows *r)
{
	struct moving *m = arg;
	const char *kind = db_text(r, 0), *mine;

	if (!strcmp(kind, "TABLE")) {
		end_member(m);
		m->schema = arena_strdup(m->t->a, db_text(r, 1));
		m->name = arena_strdup(m->t->a, db_text(r, 2));
		buf_puts(&m->out, "ALTER TABLE ");
		named(&m->out, m->schema, m->name);
		buf_puts(&m->out, " SET SCHEMA " TRASH ";\n");
		return;
	}
	mine = arena_fmt(m->t->a, "%c_%lld_%d", *kind == 'I' ? 'i' : 's',
	    (long long)m->e->id, ++m->parts);
	rename_in(&m->out, kind, db_text(r, 2), mine);
	rename_in(&m->back, kind, mine, db_text(r, 2));
}

static bool
rename_all(struct moving *m, struct err *err)
{
	static const char sql[] =
	    TREE " SELECT x.kind, n.nspname, x.name FROM tree"
		 " JOIN pg_catalog.pg_class c ON c.oid = tree.oid"
		 " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
		 " CROSS JOIN LATERAL (SELECT 1, 'TABLE', c.relname"
		 " UNION ALL SELECT 2, 'INDEX', ic.relname"
		 " FROM pg_catalog.pg_index i"
		 " JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid"
		 " WHERE i.indrelid = c.oid"
		 " UNION ALL SELECT 3, 'SEQUENCE', sc.relname"
		 " FROM pg_catalog.pg_depend d"
		 " JOIN pg_catalog.pg_class sc ON sc.oid = d.objid"
		 " WHERE d.classid = 'pg_catalog.pg_class'::regclass"
		 " AND d.refclassid = 'pg_catalog.pg_class'::regclass"
		 " AND d.refobjid = c.oid AND d.deptype IN ('a', 'i')"
		 " AND sc.relkind = 'S') x (place, kind, name)"
		 " ORDER BY tree.depth, c.oid, x.place, x.name";

	if (!trash_postgres_each(m->t, sql, m->oid, add_part, m, err))
		return false;
	end_member(m);
	return trash_postgres_exec(m->t, &m->out, err);
}

/* The rights of each member, which others had. */
static bool
revoke_all(struct moving *m, struct err *err)
{
	for (int i = 0; i < m->n; i++) {
		const char *name =
		    i ? arena_fmt(m->t->a, "t_%lld_%d", (long long)m->e->id, i)
		      : arena_fmt(m->t->a, "t_%lld", (long long)m->e->id);

		if (!trash_postgres_revoke(m->t, name, err))
			return false;
	}
	return true;
}

static bool
move_out(struct moving *m, struct err *err)
{
	struct trash *t = m->t;

	if (!detach(m, err) || !strip(m, err) || !rename_all(m, err) ||
	    !revoke_all(m, err))
		return false;
	if (m->last.len)
		buf_puts(&m->back, m->last.s + 2);
	m->e->back = arena_strndup(t->a, buf_str(&m->back), m->back.len);
	m->e->drop = arena_fmt(
	    t->a, "DROP TABLE IF EXISTS " TRASH ".t_%lld", (long long)m->e->id);
	return true;
}

static bool
move_table(struct trash *t, struct kept *k, struct err *err)
{
	struct trash_entries found = { 0 };
	struct moving m = { .t = t,
		.oid = arena_fmt(t->a, "%lld", (long long)k->oid) };
	bool ok = trash_postgres_list(t, NULL, k->id, &found, err);

	if (!ok || !found.n)
		return ok && err_fail(err, "an entry of the trash is gone");
	m.e = &found.v[0];
	ok = move_out(&m, err) && trash_postgres_note(t, m.e, err);
	buf_release(&m.out);
	buf_release(&m.back);
	buf_release(&m.last);
	k->oid = 0;
	return ok;
}

/* A DROP statement, as transpile/ writes it: its parts point into it. */
struct drop {
	const char *kind;   /* "TYPE" */
	const char *target; /* name, and arguments */
	size_t name_len;    /* of the last name in `name` */
	const char *schema, *name, *tail;
	size_t schema_len;
};

static const char *const kinds[] = { "TABLE", "TYPE", "DOMAIN", "FUNCTION",
	"PROCEDURE", "AGGREGATE", "SEQUENCE", "COLLATION" };

static bool
read_name(struct lexer *l, struct drop *d)
{
	struct token t, dot;

	if (!lex_next(l, &t) || !token_names(&t))
		return false;
	d->target = d->name = t.at;
	d->name_len = t.len;
	d->tail = t.at + t.len;
	if (!lex_next(l, &dot) || !token_is(&dot, "."))
		return true;
	if (!lex_next(l, &t) || !token_names(&t))
		return false;
	d->schema = d->name;
	d->schema_len = d->name_len;
	d->name = t.at;
	d->name_len = t.len;
	d->tail = t.at + t.len;
	return true;
}

/* What need not be there any more is in the trash, or nobody's. */
static bool
read_drop(const char *sql, struct drop *d)
{
	struct lexer l;
	struct token t;
	bool ok;

	*d = (struct drop){ 0 };
	if (strncmp(sql, "DROP ", 5) != 0)
		return false;
	lex_init(&l, D, sql, strlen(sql));
	/* the second word says what goes */
	ok = lex_next(&l, &t);
	ok = ok && lex_next(&l, &t);
	for (size_t i = 0; ok && i < sizeof(kinds) / sizeof(*kinds); i++)
		if (t.len == strlen(kinds[i]) &&
		    !strncasecmp(t.at, kinds[i], t.len))
			d->kind = kinds[i];
	ok = d->kind && read_name(&l, d) &&
	     strncasecmp(d->target, "IF EXISTS ", 10) != 0;
	lex_release(&l);
	return ok;
}

static bool
is_there(struct trash *t, bool *there, struct err *err)
{
	int64_t n = 0;

	*there = db_count(t->main,
		     "SELECT count(*) FROM pg_catalog.pg_namespace"
		     " WHERE nspname = '" TRASH "'",
		     &n, err) &&
		 n;
	return !err->kind;
}

/* Tries the statement, in a savepoint that stands afterwards unless it could
 * be run; *blocked: it can be, but for what is in the trash. */
static bool
try(struct trash *t, const char *sql, bool *blocked, struct err *err)
{
	struct err why = { 0 }, ignored = { 0 };
	bool there = false;

	*blocked = false;
	if (!db_exec(t->main, "SAVEPOINT deesse_trash", err))
		return false;
	if (db_exec(t->main, sql, &why))
		return true;
	if (postgres_said(t->main, "2BP01") &&
	    db_exec(t->main, "ROLLBACK TO SAVEPOINT deesse_trash", &ignored) &&
	    is_there(t, &there, &ignored) && there)
		*blocked = db_exec(t->main, "DROP SCHEMA " TRASH " CASCADE",
			       &ignored) &&
			   db_exec(t->main, sql, &ignored);
	err_release(&ignored);
	if (*blocked)
		err_release(&why);
	else
		*err = why;
	return *blocked;
}

static void
add_altered(struct buf *b, const struct drop *d, bool trash)
{
	buf_fmt(b, "ALTER %s ", d->kind);
	if (trash)
		buf_fmt(b, TRASH ".%.*s%s", (int)d->name_len, d->name, d->tail);
	else
		buf_puts(b, d->target);
}

/* What something in the trash needs goes there as well. */
static bool
move_object(
    struct trash *t, const struct drop *d, struct kept *k, struct err *err)
{
	struct trash_entry e = { .kind = LOSS_OBJECT,
		.schema = d->schema
			      ? sql_unquote(t->a, D, d->schema, d->schema_len)
			      : NULL,
		.table = sql_unquote(t->a, D, d->name, d->name_len),
		.moved = true };
	struct buf b = { 0 };
	char mine[32];
	bool ok;

	if (!trash_name_run(t, err) || !trash_postgres_add(t, &e, err))
		return false;
	snprintf(mine, sizeof(mine), "o_%lld", (long long)e.id);
	add_altered(&b, d, false);
	buf_puts(&b, " SET SCHEMA " TRASH ";\n");
	add_altered(&b, d, true);
	buf_fmt(&b, " RENAME TO %s", mine);
	ok = trash_postgres_exec(t, &b, err);
	buf_fmt(&b, "ALTER %s " TRASH ".%s%s RENAME TO %.*s;\n", d->kind, mine,
	    d->tail, (int)d->name_len, d->name);
	add_altered(&b, d, true);
	buf_fmt(&b, " SET SCHEMA %.*s", (int)(d->schema ? d->schema_len : 6),
	    d->schema ? d->schema : "public");
	e.back = arena_strndup(t->a, buf_str(&b), b.len);
	e.drop =
	    arena_fmt(t->a, "DROP %s " TRASH ".%s%s", d->kind, mine, d->tail);
	buf_release(&b);
	if (k)
		*k = (struct kept){ .id = e.id };
	else
		vec_push(t->a, &t->kept, (struct kept){ .id = e.id });
	return ok && trash_postgres_note(t, &e, err);
}

/* The kept table or sequence that a DROP speaks of, or NULL. */
static bool
find_kept(
    struct trash *t, const char *target, struct kept **out, struct err *err)
{
	struct buf b = { 0 };
	int64_t oid = 0;
	bool ok;

	*out = NULL;
	if (!t->kept.n)
		return true;
	buf_puts(&b, "SELECT ");
	sql_literal(&b, D, target);
	buf_puts(&b, "::regclass::oid");
	ok = db_count(t->main, b.s, &oid, err);
	buf_release(&b);
	for (size_t i = 0; ok && i < t->kept.n; i++)
		if (t->kept.v[i].oid && t->kept.v[i].oid == oid)
			*out = &t->kept.v[i];
	return ok;
}

bool
trash_postgres_run(struct trash *t, const char *sql, struct err *err)
{
	struct kept *kept = NULL;
	struct drop d;
	bool blocked, there, table;

	if (!read_drop(sql, &d))
		return db_exec(t->main, sql, err);
	table = !strcmp(d.kind, "TABLE");
	if (!is_there(t, &there, err))
		return false;
	if (!there)
		return db_exec(t->main, sql, err);
	if ((table || !strcmp(d.kind, "SEQUENCE")) &&
	    !find_kept(t, d.target, &kept, err))
		return false;
	if (!try(t, sql, &blocked, err))
		return false;
	if ((kept || blocked) &&
	    !db_exec(t->main, "ROLLBACK TO SAVEPOINT deesse_trash", err))
		return false;
	if (!db_exec(t->main, "RELEASE SAVEPOINT deesse_trash", err))
		return false;
	if (kept && table)
		return move_table(t, kept, err);
	if (blocked && table)
		return err_fail(err,
		    "something in the trash needs table %.*s: deesse trash "
		    "empty lets it go",
		    (int)d.name_len, d.name);
	return (!kept && !blocked) || move_object(t, &d, kept, err);
}

/* The schema may have gone with all that was in it. */
static bool
make_schema_again(struct trash *t, const struct trash_entry *e, struct err *err)
{
	struct buf b = { 0 };
	int64_t n = 0;
	bool ok;

	if (!e->schema)
		return true;
	buf_puts(&b, "SELECT count(*) FROM pg_catalog.pg_namespace"
		     " WHERE nspname = ");
	sql_literal(&b, D, e->schema);
	ok = db_count(t->main, b.s, &n, err);
	buf_cut(&b, 0);
	buf_puts(&b, "CREATE SCHEMA ");
	sql_ident(&b, D, e->schema);
	ok = ok && (n || trash_postgres_exec(t, &b, err));
	buf_release(&b);
	return ok;
}

bool
trash_postgres_bring(
    struct trash *t, const struct trash_entry *e, struct err *err)
{
	return make_schema_again(t, e, err) && db_exec(t->main, e->back, err) &&
	       db_exec(t->main,
		   arena_fmt(t->a,
		       "DELETE FROM " TRASH "._deesse_entries WHERE id = %lld",
		       (long long)e->id),
		   err);
}
