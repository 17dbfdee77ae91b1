/* check_tools - migration files of other tools
 *
 * The markers are read as the tools read them, line by line and without a look
 * at the SQL, and only where the first of them stands above all SQL: in a file
 * that no such tool runs, a comment must not hide what follows it.
 */
#include <jansson.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "cmd/check.h"

/* Markers stand after "--", alone or before a blank. */
static const struct migration_tool {
	const char *up, *down;
	const char *bare_word; /* on the line of up: no transaction */
	const char *bare_line; /* a line that says so */
} tools[] = {
	{ "migrate:up", "migrate:down", "transaction:false", NULL },
	{ "+goose Up", "+goose Down", NULL, "+goose NO TRANSACTION" },
	{ "+migrate Up", "+migrate Down", "notransaction", NULL },
};

#define BLANKS " \t\r"

/* Returns what follows the marker on the line, or NULL. */
static const char *
after_marker(const char *line, const char *marker)
{
	if (!marker || strncmp(line, "--", 2))
		return NULL;
	line += 2 + strspn(line + 2, BLANKS);
	if (!text_starts(line, marker))
		return NULL;
	line += strlen(marker);
	return !*line || strchr(BLANKS, *line) ? line : NULL;
}

static void
begin_section(struct migration *m, bool down)
{
	m->down = down && !m->all;
	m->skipped |= m->down;
	vec_push(m->arena, &m->sections,
	    (struct section){ .offset = m->offset, .wrapped = !m->bare });
}

/* Is this the first marker of a tool? */
static bool
begins_tool(struct migration *m, const char *line)
{
	const char *rest;

	for (size_t i = 0; i < sizeof(tools) / sizeof(*tools); i++) {
		if (after_marker(line, tools[i].bare_line))
			m->bare = true;
		rest = after_marker(line, tools[i].up);
		if (!rest)
			continue;
		m->tool = &tools[i];
		m->bare |=
		    tools[i].bare_word && strstr(rest, tools[i].bare_word);
		return true;
	}
	return false;
}

/* A whole line was seen; m->offset is that of the next. */
static void
see_line(struct migration *m, const char *line)
{
	if (m->head && !m->tool) {
		line += text_starts(line, "\xef\xbb\xbf") ? 3 : 0;
		if (begins_tool(m, line))
			begin_section(m, false);
		m->head = !line[strspn(line, BLANKS)] ||
			  text_starts(line + strspn(line, BLANKS), "--");
		return;
	}
	if (after_marker(line, m->tool->down)) {
		begin_section(m, true);
	} else if (after_marker(line, m->tool->up)) {
		begin_section(m, false);
	} else if (after_marker(line, m->tool->bare_line)) {
		m->bare = true;
		begin_section(m, m->down);
	}
}

static void
blank(char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != '\n')
			p[i] = ' ';
}

void
migration_filter(struct migration *m, char *p, size_t n)
{
	while (n && (m->head || m->tool)) {
		const char *newline = memchr(p, '\n', n);
		size_t len = newline ? (size_t)(newline - p) : n;
		size_t keep = sizeof(m->line) - 1 - m->line_len;

		keep = keep < len ? keep : len;
		memcpy(m->line + m->line_len, p, keep);
		m->line_len += keep;
		m->line[m->line_len] = '\0';
		if (m->down)
			blank(p, len);
		len += newline != NULL;
		m->offset += len;
		p += len;
		n -= len;
		if (!newline)
			break;
		see_line(m, m->line);
		m->line_len = 0;
	}
}

/* ---- by the names of files ---------------------------------------------- */

/* Returns the path of another file, from the folder that holds this one. */
static const char *
beside(struct arena *a, const char *path, const char *name)
{
	return arena_fmt(
	    a, "%.*s%s", (int)(file_base(path) - path), path, name);
}

/* Flyway undoes with U2.1__name.sql. */
static bool
is_undo(const char *name)
{
	size_t n = *name == 'U' ? strspn(name + 1, "0123456789._") : 0;

	return n > 1 && name[n] == '_' && name[n - 1] == '_';
}

bool
migration_is_down(const char *path)
{
	const char *name = file_base(path);
	struct arena a = { 0 };
	size_t n = strlen(name);
	bool down = is_undo(name);

	if (!strcmp(name, "down.sql"))
		down = file_exists(beside(&a, path, "up.sql")) ||
		       file_exists(beside(&a, path, "migration.sql"));
	else if (text_ends(name, ".down.sql"))
		down = file_exists(beside(&a, path,
		    arena_fmt(&a, "%.*s.up.sql", (int)(n - 9), name)));
	arena_release(&a);
	return down;
}

/* drizzle-kit keeps a journal beside its files, and runs them in a
 * transaction. */
static const char *
drizzle_journal(struct arena *a, const char *path)
{
	const char *journal = beside(a, path, "meta/_journal.json");

	return file_exists(journal) ? journal : NULL;
}

static bool
drizzle_dialect(const char *journal, enum dialect *d)
{
	json_t *o = json_load_file(journal, 0, NULL);
	const char *name = json_string_value(json_object_get(o, "dialect"));
	bool ok = name && dialect_parse(d, name);

	json_decref(o);
	return ok;
}

/* Prisma writes provider = "postgresql" into a file of the folder above. */
static bool
prisma_dialect(const char *lock, enum dialect *d)
{
	struct buf text = { 0 };
	struct err ignored = { 0 };
	const char *p = NULL;
	char name[32] = "";
	bool ok;

	if (file_read(&text, lock, &ignored))
		p = strstr(buf_str(&text), "provider");
	ok = p && sscanf(p, "provider = \"%31[a-z]\"", name) == 1 &&
	     dialect_parse(d, name);
	err_release(&ignored);
	buf_release(&text);
	return ok;
}

bool
migration_dialect(const char *path, enum dialect *d)
{
	struct arena a = { 0 };
	const char *journal = drizzle_journal(&a, path);
	const char *lock = beside(&a, path, "../migration_lock.toml");
	bool ok = journal ? drizzle_dialect(journal, d)
			  : file_exists(lock) && prisma_dialect(lock, d);

	arena_release(&a);
	return ok;
}

void
migration_begin(
    struct migration *m, struct arena *a, const char *path, bool all)
{
	*m = (struct migration){ .arena = a, .all = all, .head = true };
	m->wrapped = drizzle_journal(a, path) != NULL;
}
