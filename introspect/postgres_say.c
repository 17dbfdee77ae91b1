/* postgres_say - what ALTER and COMMENT ON have said of things
 *
 * The queries write the statements that would say it again; the readers of .sql
 * files read those, so that both sides are found and compared in one way.
 */
#include "introspect/postgres_object.h"

#include "base/text.h"
#include "sql/quote.h"
#include "sql/say.h"

#define D DIALECT_POSTGRES

static const char *
keep(struct postgres_pass *p, const char *text)
{
	return text ? arena_strdup(p->a, text) : NULL;
}

static void
add_saying(struct postgres_pass *p, const struct saying *one)
{
	struct object *o = arena_new(p->a, struct object);

	o->kind = one->kind == SAYING_COMMENT ? OBJECT_COMMENT : OBJECT_SETTING;
	o->schema = postgres_share(p, one->schema);
	o->name = keep(p, one->name);
	o->table = postgres_share(p, one->about);
	o->sql.text = keep(p, one->text);
	o->sql.key = keep(p, one->key);
	o->header = one->adds ? o->sql.key : NULL;
	o->drop = keep(p, one->drop);
	schema_add_object(p->a, p->s, o);
}

static void
say(struct postgres_pass *p, const char *text)
{
	struct statement s = { .text = text, .len = strlen(text) };
	struct sayings said = { 0 };
	const char *why;

	if (!sql_say(&p->scratch, D, &s, &said, &why))
		vec_push(p->a, &p->s->unmanaged, keep(p, text));
	else
		for (size_t i = 0; i < said.n; i++)
			add_saying(p, &said.v[i]);
}

void
postgres_read_saying(void *pass, struct db_rows *r)
{
	say(pass, db_text(r, 0));
}

/* Only the type of a column knows which storage it had, and the whole which
 * default a part has. */
static void
read_with_way_back(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	size_t n = p->s->objects.n;

	say(p, db_text(r, 0));
	if (p->s->objects.n > n)
		p->s->objects.v[n]->drop = keep(p, db_text(r, 1));
}

/* What is proven of a part alone, nothing takes back: it is said where somebody
 * says it, and a pull does. */
static void
read_proof(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	struct objects *all = &p->s->objects;
	size_t n = all->n;

	say(p, db_text(r, 0));
	if (all->n > n && p->like && !schema_object_like(p->like, all->v[n]))
		all->n = n;
}

/* -- comments ------------------------------------------------------------- */

enum {
	COMMENT_CATALOG,
	COMMENT_OID,
	COMMENT_KIND,
	COMMENT_NAME,
	COMMENT_TEXT,
	COMMENT_OF_TABLE
};

/* Returns the words of COMMENT ON for what pg_identify_object calls a kind. */
static const char *
word_of(struct postgres_pass *p, const char *kind)
{
	static const char *const others[][2] = {
		{ "statistics object", "STATISTICS" },
		{ "foreign-data wrapper", "FOREIGN DATA WRAPPER" },
		{ "domain constraint", "CONSTRAINT" },
		{ "table constraint", "CONSTRAINT" },
	};
	char *word;

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (!strcmp(kind, others[i][0]))
			return others[i][1];
	if (text_ends(kind, " column"))
		return "COLUMN";
	word = arena_strdup(&p->scratch, kind);
	for (char *c = word; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 0x20);
	return word;
}

/* The model has no comment of a part of a table. */
static bool
is_part(struct postgres_pass *p, struct db_rows *r)
{
	const struct postgres_relation *x =
	    postgres_relation(p, (uint32_t)db_int(r, COMMENT_OID));

	return x && x->partition &&
	       !strcmp(db_text(r, COMMENT_CATALOG), "pg_class");
}

static void
read_comment(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	const char *thing = arena_fmt(&p->scratch, "%s %s",
	    db_text(r, COMMENT_CATALOG), db_text(r, COMMENT_OID));
	const char *name = db_text(r, COMMENT_NAME);
	struct buf b = { 0 };
	const char *on;

	if (!map_get(&p->things, thing) && !is_part(p, r) &&
	    !postgres_relation(p, (uint32_t)db_int(r, COMMENT_OF_TABLE)))
		return;
	buf_fmt(&b, "COMMENT ON %s ", word_of(p, db_text(r, COMMENT_KIND)));
	on = strcmp(db_text(r, COMMENT_KIND), "domain constraint")
		 ? NULL
		 : strstr(name, " on ");
	if (on)
		buf_fmt(&b, "%.*s ON DOMAIN %s", (int)(on - name), name,
		    on + strlen(" on "));
	else if (text_ends(name, "()") &&
		 !strcmp(db_text(r, COMMENT_KIND), "aggregate"))
		buf_fmt(&b, "%.*s(*)", (int)strlen(name) - 2, name);
	else
		buf_puts(&b, name);
	buf_puts(&b, " IS ");
	sql_literal(&b, D, db_text(r, COMMENT_TEXT));
	say(p, buf_str(&b));
	buf_release(&b);
}

/* -- the queries ---------------------------------------------------------- */

#define SAYS(thing, text)                                                      \
	{                                                                      \
		.sql = text, .when = HAS_##thing, .read = postgres_read_saying \
	}
#define RELATIONS                                                              \
	" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
#define WHERE " WHERE " MANAGED("n") OWN("pg_class", "c.oid")
#define ALTER_TABLE "SELECT 'ALTER TABLE ' || c.oid::regclass || ' ' || "
#define ATTRIBUTES RELATIONS " JOIN pg_attribute a ON a.attrelid = c.oid"
#define AGAIN_COLUMN                                                           \
	"CASE c.relkind WHEN 'm' THEN 'ALTER MATERIALIZED VIEW '"              \
	" WHEN 'f' THEN 'ALTER FOREIGN TABLE ' ELSE 'ALTER TABLE ' END"        \
	" || c.oid::regclass || ' ALTER COLUMN ' || quote_ident(a.attname)"    \
	" || ' ' || "
#define ALTER_COLUMN "SELECT " AGAIN_COLUMN
#define STORAGE(column)                                                        \
	"'SET STORAGE ' || CASE " column " WHEN 'p' THEN 'PLAIN'"              \
	" WHEN 'e' THEN 'EXTERNAL' WHEN 'x' THEN 'EXTENDED' ELSE 'MAIN' END"
#define COLUMNS                                                                \
	ATTRIBUTES WHERE " AND c.relkind IN ('r', 'p', 'm', 'f')"              \
			 " AND a.attnum > 0 AND NOT a.attisdropped"
#define TRIGGER_WORDS(t)                                                       \
	"CASE " t ".tgenabled WHEN 'D' THEN 'DISABLE TRIGGER '"                \
	" WHEN 'A' THEN 'ENABLE ALWAYS TRIGGER '"                              \
	" WHEN 'R' THEN 'ENABLE REPLICA TRIGGER ' ELSE 'ENABLE TRIGGER ' END"

/* Columns of a part, a, and of what it is a part of, u. */
#define OF_PART                                                                \
	RELATIONS " JOIN pg_inherits i ON i.inhrelid = c.oid"                  \
		  " AND c.relispartition"                                      \
		  " JOIN pg_attribute a ON a.attrelid = c.oid"                 \
		  " AND a.attnum > 0 AND NOT a.attisdropped"                   \
		  " JOIN pg_attribute u ON u.attrelid = i.inhparent"           \
		  " AND u.attname = a.attname"

/* clang-format off */
static const struct postgres_query queries[] = {
	/* tables */
	SAYS(TABLE_OPTION, ALTER_TABLE
	    "'SET (' || array_to_string(c.reloptions"
	    " || ARRAY(SELECT 'toast.' || o FROM pg_class t,"
	    " unnest(t.reloptions) o"
	    " WHERE t.oid = c.reltoastrelid), ', ') || ')'" RELATIONS WHERE
	    " AND c.relkind IN ('r', 'p') AND (c.reloptions IS NOT NULL"
	    " OR c.reltoastrelid IN (SELECT t.oid FROM pg_class t"
	    " WHERE t.relkind = 't' AND t.reloptions IS NOT NULL))"),
	/* the index of a key has parameters, too */
	SAYS(TABLE_OPTION, "SELECT 'ALTER INDEX ' || c.oid::regclass || ' SET ('"
	    " || array_to_string(c.reloptions, ', ') || ')'" RELATIONS
	    " JOIN pg_constraint k ON k.conindid = c.oid"
	    " AND k.contype IN ('p', 'u', 'x')"
	    " JOIN pg_class m ON m.oid = k.conrelid WHERE " MANAGED("n")
	    OWN("pg_class", "m.oid") " AND c.relkind = 'i' AND c.reloptions IS NOT NULL"
	    " AND NOT m.relispartition ORDER BY c.oid"),
	SAYS(REPLICA, ALTER_TABLE
	    "'REPLICA IDENTITY ' || CASE c.relreplident"
	    " WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING'"
	    " ELSE 'USING INDEX ' || quote_ident(x.relname) END" RELATIONS
	    " LEFT JOIN pg_index i ON i.indrelid = c.oid"
	    " AND i.indisreplident AND c.relreplident = 'i'"
	    " LEFT JOIN pg_class x ON x.oid = i.indexrelid" WHERE
	    " AND c.relkind IN ('r', 'p') AND c.relreplident <> 'd'"),
	SAYS(CLUSTER, "SELECT CASE c.relkind WHEN 'm' THEN 'ALTER MATERIALIZED VIEW '"
	     " ELSE 'ALTER TABLE ' END || c.oid::regclass || ' CLUSTER ON '"
	     " || quote_ident(x.relname)" RELATIONS
	     " JOIN pg_index i ON i.indrelid = c.oid"
	     " JOIN pg_class x ON x.oid = i.indexrelid" WHERE
	     " AND i.indisclustered"),
	SAYS(CHILD, ALTER_TABLE "'INHERIT ' || i.inhparent::regclass" RELATIONS
			 " JOIN pg_inherits i ON i.inhrelid = c.oid" WHERE
			 " AND c.relkind = 'r' AND NOT c.relispartition"
			 /* what is a table here knows its heirs by itself */
			 " AND NOT EXISTS (SELECT FROM pg_class p"
			 " JOIN pg_namespace m ON m.oid = p.relnamespace"
			 " WHERE p.oid = i.inhparent"
			 " AND p.relkind = 'r' AND " MANAGED("m")
			 OWN("pg_class", "p.oid") ")"
			 " ORDER BY c.oid, i.inhseqno"),
	SAYS(TYPED, ALTER_TABLE "'OF ' || c.reloftype::regtype" RELATIONS WHERE
			 " AND c.reloftype <> 0"),
	/* what a part of a table has by itself; constraints go first, for they
	 * bring NOT NULL */
	SAYS(PART_SAID, ALTER_TABLE "'ENABLE ROW LEVEL SECURITY'" RELATIONS WHERE
			 " AND c.relispartition AND c.relrowsecurity"),
	SAYS(PART_SAID, ALTER_TABLE "'FORCE ROW LEVEL SECURITY'" RELATIONS WHERE
			 " AND c.relispartition AND c.relforcerowsecurity"),
	SAYS(PART_SAID, ALTER_TABLE "'ADD CONSTRAINT ' || quote_ident(k.conname) || ' '"
			 " || pg_get_constraintdef(k.oid)" RELATIONS
			 " JOIN pg_constraint k ON k.conrelid = c.oid" WHERE
			 " AND c.relispartition AND (k.conparentid = 0"
			 " AND k.conislocal AND k.coninhcount = 0 OR EXISTS"
			 " (SELECT FROM pg_constraint q JOIN pg_index x"
			 " ON x.indexrelid = q.conindid AND NOT x.indisvalid"
			 " WHERE q.oid = k.conparentid)) AND NOT EXISTS"
			 " (SELECT FROM pg_index x WHERE x.indexrelid ="
			 " k.conindid AND NOT x.indisvalid)"
			 " AND NOT starts_with(k.conname, '" ONLINE_PART "')"
			 " AND k.contype IN ('p', 'u', 'c', 'f', 'x')"
			 " ORDER BY k.contype = 'f', k.oid"),
	/* a check holds for a part before it does for the whole */
	{ .when = HAS_PART_SAID,
	    .sql = ALTER_TABLE "'VALIDATE CONSTRAINT ' || quote_ident(k.conname)"
	    RELATIONS " JOIN pg_constraint k ON k.conrelid = c.oid"
	    " AND k.contype = 'c' AND k.convalidated AND k.coninhcount > 0"
	    " JOIN pg_inherits h ON h.inhrelid = c.oid"
	    " JOIN pg_constraint q ON q.conrelid = h.inhparent"
	    " AND q.conname = k.conname AND NOT q.convalidated" WHERE
	    " AND c.relispartition ORDER BY k.oid",
	    .read = read_proof },
	/* a key that waits for those of the parts, and what was attached */
	SAYS(PART_SAID, "SELECT 'ALTER TABLE ONLY ' || c.oid::regclass"
			 " || ' ADD CONSTRAINT ' || quote_ident(k.conname) || ' '"
			 " || pg_get_constraintdef(k.oid)" RELATIONS
			 " JOIN pg_constraint k ON k.conrelid = c.oid"
			 " AND k.contype IN ('p', 'u')"
			 " JOIN pg_index i ON i.indexrelid = k.conindid" WHERE
			 " AND c.relkind = 'p' AND NOT i.indisvalid"
			 " ORDER BY k.oid"),
	SAYS(PART_SAID, "SELECT 'ALTER INDEX ' || h.inhparent::regclass"
			 " || ' ATTACH PARTITION ' || c.oid::regclass" RELATIONS
			 " JOIN pg_inherits h ON h.inhrelid = c.oid"
			 " JOIN pg_index i ON i.indexrelid = h.inhparent" WHERE
			 " AND c.relkind IN ('i', 'I') AND NOT i.indisvalid"
			 " ORDER BY c.oid"),
	/* a key that came from the whole has the name that the server gives */
	SAYS(PART_SAID, ALTER_TABLE "'RENAME CONSTRAINT ' || quote_ident(a.auto)"
			 " || ' TO ' || quote_ident(k.conname)" RELATIONS
			 " JOIN pg_constraint k ON k.conrelid = c.oid"
			 " AND k.conparentid <> 0 AND k.contype IN ('p', 'u')"
			 " JOIN pg_constraint q ON q.oid = k.conparentid"
			 " JOIN pg_index i ON i.indexrelid = q.conindid"
			 " AND i.indisvalid"
			 " CROSS JOIN LATERAL (SELECT c.relname"
			 " || CASE k.contype WHEN 'p' THEN '_pkey'"
			 " ELSE '_' || string_agg(b.attname, '_'"
			 " ORDER BY b.attnum) || '_key' END"
			 " FROM pg_attribute b WHERE b.attrelid = k.conindid)"
			 " a(auto)" WHERE
			 " AND c.relispartition AND octet_length(a.auto) < 64"
			 " AND NOT starts_with(k.conname, a.auto)"
			 " ORDER BY k.oid"),
	SAYS(PART_SAID, ALTER_TABLE "'ALTER COLUMN ' || quote_ident(a.attname)"
			 " || ' SET NOT NULL'" OF_PART WHERE
			 " AND a.attnotnull AND NOT u.attnotnull"),
	{ .when = HAS_PART_SAID,
	    .sql = ALTER_TABLE
	    "'ALTER COLUMN ' || quote_ident(a.attname) || CASE WHEN d.oid IS"
	    " NULL THEN ' DROP DEFAULT' ELSE ' SET DEFAULT '"
	    " || pg_get_expr(d.adbin, d.adrelid) END, 'ALTER TABLE '"
	    " || c.oid::regclass || ' ALTER COLUMN ' || quote_ident(a.attname)"
	    " || CASE WHEN e.oid IS NULL THEN ' DROP DEFAULT' ELSE"
	    " ' SET DEFAULT ' || pg_get_expr(e.adbin, e.adrelid) END" OF_PART
	    " LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid"
	    " AND d.adnum = a.attnum"
	    " LEFT JOIN pg_attrdef e ON e.adrelid = u.attrelid"
	    " AND e.adnum = u.attnum" WHERE " AND a.attgenerated = ''"
	    " AND pg_get_expr(d.adbin, d.adrelid) IS DISTINCT FROM"
	    " pg_get_expr(e.adbin, e.adrelid)",
	    .read = read_with_way_back },
	/* columns */
	SAYS(COLUMN_SAID, ALTER_COLUMN "'SET STATISTICS ' || a.attstattarget" COLUMNS
			  " AND a.attstattarget >= 0"),
	{ .when = HAS_COLUMN_SAID,
	    .sql = ALTER_COLUMN STORAGE("a.attstorage") ", " AGAIN_COLUMN STORAGE(
	      "t.typstorage") ATTRIBUTES
	    " JOIN pg_type t ON t.oid = a.atttypid" WHERE
	    " AND c.relkind IN ('r', 'p', 'm', 'f') AND a.attnum > 0"
	    " AND NOT a.attisdropped AND a.attstorage <> t.typstorage",
	    .read = read_with_way_back },
	{ .when = HAS_COLUMN_SAID,
	    .sql = ALTER_COLUMN
	    "'SET COMPRESSION ' || CASE a.attcompression WHEN 'p' THEN 'pglz'"
	    " ELSE 'lz4' END" COLUMNS " AND a.attcompression <> ''",
	    .read = postgres_read_saying,
	    .newer = { { 140000, "a.attcompression WHEN", "'' WHEN" },
		{ 140000, "a.attcompression <> ''", "false" } } },
	/* those that can be said: a server may keep notes of its own there */
	SAYS(COLUMN_SAID, ALTER_COLUMN
	    "'SET (' || array_to_string(o.said, ', ') || ')'" ATTRIBUTES
	    " CROSS JOIN LATERAL (SELECT array_agg(o)"
	    " FROM unnest(a.attoptions) o"
	    " WHERE o LIKE 'n\\_distinct%') o(said)" WHERE
	    " AND c.relkind IN ('r', 'p', 'm', 'f') AND a.attnum > 0"
	    " AND NOT a.attisdropped AND a.attoptions IS NOT NULL"
	    " AND o.said IS NOT NULL"),
	SAYS(INDEX_TARGET, "SELECT 'ALTER INDEX ' || c.oid::regclass || ' ALTER COLUMN '"
	     " || a.attnum || ' SET STATISTICS ' || a.attstattarget" ATTRIBUTES
		 WHERE " AND c.relkind IN ('i', 'I')"
	     " AND a.attstattarget >= 0"),
	SAYS(VIEW_DEFAULT, "SELECT 'ALTER VIEW ' || c.oid::regclass || ' ALTER COLUMN '"
	     " || quote_ident(a.attname) || ' SET DEFAULT '"
	     " || pg_get_expr(d.adbin, d.adrelid)" ATTRIBUTES
	     " JOIN pg_attrdef d ON d.adrelid = a.attrelid"
	     " AND d.adnum = a.attnum" WHERE " AND c.relkind = 'v'"),
	/* what stands on them */
	SAYS(TRIGGER_STATE, ALTER_TABLE TRIGGER_WORDS("t")
			 " || quote_ident(t.tgname)" RELATIONS
			 " JOIN pg_trigger t ON t.tgrelid = c.oid" WHERE
			 " AND NOT t.tgisinternal AND t.tgparentid = 0"
			 " AND t.tgenabled <> 'O'"
			 " AND NOT starts_with(t.tgname, '" ONLINE_TRIGGER
			 ONLINE_PREFIX "')" OWN("pg_trigger", "t.oid")),
	/* that of a part's trigger, where it is not as the whole's is */
	{ .when = HAS_TRIGGER_STATE,
	    .sql = ALTER_TABLE TRIGGER_WORDS("t") " || quote_ident(t.tgname),"
	    " 'ALTER TABLE ' || c.oid::regclass || ' ' || "
	    TRIGGER_WORDS("u") " || quote_ident(t.tgname)" RELATIONS
	    " JOIN pg_trigger t ON t.tgrelid = c.oid"
	    " JOIN pg_trigger u ON u.oid = t.tgparentid" WHERE
	    " AND t.tgenabled <> u.tgenabled ORDER BY t.oid",
	    .read = read_with_way_back },
	SAYS(RULE_STATE, ALTER_TABLE "CASE w.ev_enabled WHEN 'D' THEN 'DISABLE RULE '"
			 " WHEN 'A' THEN 'ENABLE ALWAYS RULE '"
			 " ELSE 'ENABLE REPLICA RULE ' END"
			 " || quote_ident(w.rulename)" RELATIONS
			 " JOIN pg_rewrite w ON w.ev_class = c.oid" WHERE
			 " AND w.ev_enabled <> 'O'" OWN("pg_rewrite", "w.oid")),
	SAYS(OWN_SEQUENCE, "SELECT 'ALTER SEQUENCE ' || c.oid::regclass || ' OWNED BY '"
	     " || d.refobjid::regclass || '.' || "
	     "quote_ident(a.attname)" RELATIONS
	     " JOIN pg_depend d ON d.objid = c.oid"
	     " AND d.classid = 'pg_class'::regclass"
	     " AND d.refclassid = 'pg_class'::regclass"
	     " AND d.deptype = 'a' AND d.refobjsubid > 0"
	     " JOIN pg_attribute a ON a.attrelid = d.refobjid"
	     " AND a.attnum = d.refobjsubid" WHERE " AND c.relkind = 'S'"),
	SAYS(STATISTICS, "SELECT format('ALTER STATISTICS %I.%I SET STATISTICS %s',"
	     " n.nspname, s.stxname, s.stxstattarget)"
	     " FROM pg_statistic_ext s"
	     " JOIN pg_namespace n ON n.oid = s.stxnamespace"
	     " WHERE s.stxstattarget >= 0 AND " MANAGED("n")),
	SAYS(SEARCH, "SELECT format('ALTER TEXT SEARCH CONFIGURATION %I.%I ADD"
	     " MAPPING FOR %I WITH %s', n.nspname, c.cfgname, t.alias,"
	     " string_agg(m.mapdict::regdictionary::text, ', '"
	     " ORDER BY m.mapseqno))"
	     " FROM pg_ts_config c"
	     " JOIN pg_namespace n ON n.oid = c.cfgnamespace"
	     " JOIN pg_ts_config_map m ON m.mapcfg = c.oid"
	     " JOIN ts_token_type(c.cfgparser) t ON t.tokid = m.maptokentype"
	     " WHERE " MANAGED("n") OWN("pg_ts_config",
		 "c.oid") " GROUP BY n.nspname, c.oid, c.cfgname, t.alias"
			  " ORDER BY c.oid, t.alias"),
	SAYS(DOMAIN, "SELECT format('ALTER DOMAIN %s ADD CONSTRAINT %I %s',"
	     " t.oid::regtype, k.conname, pg_get_constraintdef(k.oid, true))"
	     " FROM pg_constraint k JOIN pg_type t ON t.oid = k.contypid"
	     " JOIN pg_namespace n ON n.oid = t.typnamespace"
	     " WHERE NOT k.convalidated AND " MANAGED("n")
		 OWN("pg_type", "t.oid")),
	SAYS(EVENT_TRIGGER, "SELECT format('ALTER EVENT TRIGGER %I %s', e.evtname,"
	     " CASE e.evtenabled WHEN 'D' THEN 'DISABLE'"
	     " WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END)"
	     " FROM pg_event_trigger e WHERE e.evtenabled <> 'O'" OWN(
		 "pg_event_trigger", "e.oid")),
	/* the one schema that is there before all others comes with one */
	{ .sql =
		"SELECT 'COMMENT ON SCHEMA public IS '"
		" || quote_literal(d.description),"
		" 'COMMENT ON SCHEMA public IS ''standard public schema'''"
		" FROM pg_description d JOIN pg_namespace n ON n.oid = d.objoid"
		" WHERE d.classoid = 'pg_namespace'::regclass"
		" AND n.nspname = 'public' AND " MANAGED(
		    "n") " AND"
			 " d.description <> 'standard public schema'",
	    .read = read_with_way_back },
	/* What tables consist of has its comment in the model; an extension
	 * comes with one. */
	{ .when = HAS_OBJECT_COMMENT,
	    .sql = "SELECT CASE WHEN k.oid IS NULL AND c.relkind IS DISTINCT"
		 " FROM 'c' THEN d.classoid ELSE 'pg_type'::regclass END"
		 "::regclass, coalesce(k.contypid, CASE c.relkind WHEN 'c'"
		 " THEN c.reltype END, d.objoid),"
		 " CASE WHEN d.classoid = 'pg_type'::regclass AND EXISTS"
		 " (SELECT FROM pg_type t WHERE t.oid = d.objoid"
		 " AND t.typtype = 'd') THEN 'domain' ELSE i.type END,"
		 " i.identity, d.description, coalesce(m.oid, f.oid)"
		 " FROM pg_description d"
		 " LEFT JOIN pg_class c ON c.oid = d.objoid"
		 " AND d.classoid = 'pg_class'::regclass"
		 " LEFT JOIN pg_constraint k ON k.oid = d.objoid"
		 " AND d.classoid = 'pg_constraint'::regclass"
		 " LEFT JOIN pg_index x ON x.indexrelid = c.oid"
		 " LEFT JOIN pg_class m ON m.oid = x.indrelid"
		 " LEFT JOIN pg_class f ON f.oid = k.conrelid"
		 " CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid,"
		 " d.objsubid) i"
		 " WHERE d.objoid >= 16384"
		 " AND (coalesce(m.relkind, c.relkind, 'v') NOT IN ('r', 'p')"
		 " OR m.relispartition OR EXISTS (SELECT FROM pg_constraint q"
		 " WHERE q.conindid = c.oid AND q.contype IN ('p', 'u', 'x'))"
		 " OR c.relispartition AND c.relkind IN ('r', 'p'))"
		 " AND (coalesce(k.conrelid, 0) = 0 OR f.relispartition)"
		 " AND (d.classoid <> 'pg_extension'::regclass"
		 " OR NOT EXISTS (SELECT FROM pg_extension e,"
		 " pg_available_extensions() v WHERE e.oid = d.objoid"
		 " AND v.name = e.extname AND v.comment = d.description))"
		 " ORDER BY 3, 4",
	    .read = read_comment },
};
/* clang-format on */

const struct postgres_topic postgres_sayings = { queries,
	sizeof(queries) / sizeof(*queries), NULL };
