/* sqlite - the journal's tables in a SQLite file */
#include "journal/dialect.h"

/* What later versions added to the tables of the first. */
#define COLUMN(table, name, definition)                                        \
	{                                                                      \
		"SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM "                    \
		"pragma_table_info('" table "') WHERE name = '" name "')",     \
		    "ALTER TABLE " table " ADD COLUMN " name " " definition,   \
		    NULL                                                       \
	}

static const struct journal_column columns[] = {
	COLUMN("_deesse_history", "counter_before", "INTEGER"),
	COLUMN("_deesse_history", "counter_after", "INTEGER"),
	COLUMN("_deesse_history", "undoes", "INTEGER"),
	COLUMN("_deesse_history", "trash", "TEXT"),
	COLUMN("_deesse_history", "entries", "INTEGER"),
	COLUMN("_deesse_history", "lost", "TEXT"),
	COLUMN("_deesse_history", "earlier", "TEXT"),
	COLUMN("_deesse_history", "later", "TEXT"),
	COLUMN("_deesse_history", "renames", "TEXT"),
	COLUMN("_deesse_history", "series", "TEXT"),
	COLUMN("_deesse_statements", "what", "TEXT"),
	COLUMN("_deesse_statements", "undo_rebuilds",
	    "INTEGER NOT NULL DEFAULT 0"),
	{ 0 },
};

const struct journal_sql journal_sqlite = {
	.parameter = '?',
	.exists = "SELECT 1 FROM sqlite_schema WHERE name = '_deesse_state'",
	.create = "CREATE TABLE IF NOT EXISTS _deesse_state (\n"
		  "  key TEXT PRIMARY KEY NOT NULL,\n"
		  "  value TEXT NOT NULL\n"
		  ") WITHOUT ROWID;\n"
		  "CREATE TABLE IF NOT EXISTS _deesse_objects (\n"
		  "  name TEXT PRIMARY KEY NOT NULL,\n"
		  "  keys TEXT NOT NULL\n"
		  ") WITHOUT ROWID;\n"
		  "CREATE TABLE IF NOT EXISTS _deesse_history (\n"
		  "  id INTEGER PRIMARY KEY,\n"
		  "  at TEXT NOT NULL DEFAULT"
		  " (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),\n"
		  "  who TEXT NOT NULL,\n"
		  "  command TEXT NOT NULL,\n"
		  "  version TEXT NOT NULL,\n"
		  "  verdict TEXT NOT NULL,\n"
		  "  before TEXT NOT NULL,\n"
		  "  after TEXT NOT NULL,\n"
		  "  counter_before INTEGER,\n"
		  "  counter_after INTEGER,\n"
		  "  undoes INTEGER,\n"
		  "  trash TEXT,\n"
		  "  entries INTEGER,\n"
		  "  lost TEXT,\n"
		  "  earlier TEXT,\n"
		  "  later TEXT,\n"
		  "  renames TEXT,\n"
		  "  series TEXT\n"
		  ");\n"
		  "CREATE TABLE IF NOT EXISTS _deesse_statements (\n"
		  "  run INTEGER NOT NULL REFERENCES _deesse_history (id),\n"
		  "  n INTEGER NOT NULL,\n"
		  "  sql TEXT NOT NULL,\n"
		  "  undo TEXT,\n"
		  "  phase TEXT NOT NULL,\n"
		  "  verdict TEXT NOT NULL,\n"
		  "  source TEXT,\n"
		  "  what TEXT,\n"
		  "  undo_rebuilds INTEGER NOT NULL DEFAULT 0,\n"
		  "  PRIMARY KEY (run, n)\n"
		  ") WITHOUT ROWID;\n",
	.columns = columns,
	.head = "SELECT key, value FROM _deesse_state",
	.owned = "SELECT name, keys FROM _deesse_objects",
	.add_state = "INSERT INTO _deesse_state (key, value) VALUES ",
	.state_again = " ON CONFLICT (key) DO UPDATE"
		       " SET value = excluded.value",
	.clear_owned = "DELETE FROM _deesse_objects",
	.add_owned = "INSERT INTO _deesse_objects (name, keys) VALUES ",
	.own_again = " ON CONFLICT (name) DO UPDATE SET keys ="
		     " excluded.keys",
	.add_run = "INSERT INTO _deesse_history"
		   " (who, command, version, verdict, before, after,"
		   " counter_before, undoes, trash, entries, lost, earlier,"
		   " later, renames, series, counter_after)"
		   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, CAST(?7 AS INTEGER),"
		   " CAST(?8 AS INTEGER), ?9, CAST(?10 AS INTEGER), ?11, ?12,"
		   " ?13, ?14, ?15, (SELECT schema_version"
		   " FROM pragma_schema_version))",
	.run_id = "SELECT last_insert_rowid()",
	.add_statements = "INSERT INTO _deesse_statements"
			  " (run, n, sql, undo, phase, verdict, source, what,"
			  " undo_rebuilds) VALUES ",
	.counter = "PRAGMA schema_version",
	.history =
	    "SELECT h.id, h.at, h.who, h.command, h.version, h.verdict,"
	    " (SELECT count(*) FROM _deesse_statements s WHERE s.run = h.id),"
	    " coalesce(h.undoes, 0),"
	    " coalesce((SELECT max(u.id) FROM _deesse_history u"
	    " WHERE u.undoes = h.id), 0),"
	    " h.trash, coalesce(h.entries, 0), h.before, h.after,"
	    " coalesce(h.counter_before, -1), coalesce(h.counter_after, -1)"
	    " FROM _deesse_history h ORDER BY h.id DESC LIMIT ?1",
	.statements = "SELECT sql, undo, phase, verdict, source, what,"
		      " undo_rebuilds FROM _deesse_statements"
		      " WHERE run = ?1 ORDER BY n",
	.change = "SELECT earlier, later, renames, lost, trash,"
		  " coalesce(entries, 0), coalesce(undoes, 0), series"
		  " FROM _deesse_history WHERE id = ?1",
	.old_history =
	    "SELECT h.id, h.at, h.who, h.command, h.version, h.verdict,"
	    " (SELECT count(*) FROM _deesse_statements s WHERE s.run = h.id),"
	    " 0, 0, NULL, 0, h.before, h.after, -1, -1"
	    " FROM _deesse_history h ORDER BY h.id DESC LIMIT ?1",
	.old_statements = "SELECT sql, undo, phase, verdict, source, NULL, 0"
			  " FROM _deesse_statements WHERE run = ?1 ORDER BY n",
};
