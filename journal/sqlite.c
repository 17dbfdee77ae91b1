/* sqlite - the journal's tables in a SQLite file */
#include "journal/dialect.h"

const struct journal_sql journal_sqlite = {
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
		  "  after TEXT NOT NULL\n"
		  ");\n"
		  "CREATE TABLE IF NOT EXISTS _deesse_statements (\n"
		  "  run INTEGER NOT NULL REFERENCES _deesse_history (id),\n"
		  "  n INTEGER NOT NULL,\n"
		  "  sql TEXT NOT NULL,\n"
		  "  undo TEXT,\n"
		  "  phase TEXT NOT NULL,\n"
		  "  verdict TEXT NOT NULL,\n"
		  "  source TEXT,\n"
		  "  PRIMARY KEY (run, n)\n"
		  ") WITHOUT ROWID;\n",
	.head = "SELECT key, value FROM _deesse_state",
	.owned = "SELECT name, keys FROM _deesse_objects",
	.set_head = "INSERT INTO _deesse_state (key, value) VALUES (?1, ?2)"
		    " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
	.clear_owned = "DELETE FROM _deesse_objects",
	.add_owned = "INSERT INTO _deesse_objects (name, keys) VALUES ",
	.add_run = "INSERT INTO _deesse_history"
		   " (who, command, version, verdict, before, after)"
		   " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	.run_id = "SELECT last_insert_rowid()",
	.add_statements = "INSERT INTO _deesse_statements"
			  " (run, n, sql, undo, phase, verdict, source)"
			  " VALUES ",
	.history =
	    "SELECT h.id, h.at, h.who, h.command, h.version, h.verdict,"
	    " (SELECT count(*) FROM _deesse_statements s WHERE s.run = h.id)"
	    " FROM _deesse_history h ORDER BY h.id DESC LIMIT ?1",
};
