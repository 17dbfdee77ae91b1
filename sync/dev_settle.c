/* dev_settle - is somebody still writing?
 *
 * Quiet is not all: git writes a branch file by file and may pause; an editor
 * empties a file before it fills it. What stands in between was never meant.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/file.h"
#include "base/text.h"
#include "sync/dev_state.h"

#define GIT_S 60 /* older, the lock is one that a git left that died */
#define EMPTY_S 2

static bool
is_younger(const struct stat *st, long seconds)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec - st->st_mtim.tv_sec < seconds;
}

/* A worktree's .git is a file that says where its folder is. */
static const char *
git_folder(struct arena *a, const char *dot_git, const struct stat *st)
{
	struct buf b = { 0 };
	struct err ignored = { 0 };
	const char *dir = dot_git;

	if (!S_ISDIR(st->st_mode)) {
		dir = NULL;
		if (file_read(&b, dot_git, &ignored) &&
		    text_starts(buf_str(&b), "gitdir: "))
			dir = arena_strndup(a, b.s + strlen("gitdir: "),
			    strcspn(b.s + strlen("gitdir: "), "\n"));
	}
	err_release(&ignored);
	buf_release(&b);
	return dir;
}

static bool
git_works(struct arena *a, const char *dir)
{
	char at[PATH_MAX];
	struct stat st;

	if (!realpath(dir, at))
		return false;
	for (char *slash; *at; *slash = '\0') {
		const char *dot_git = file_join(a, at, ".git");

		if (!stat(dot_git, &st)) {
			dir = git_folder(a, dot_git, &st);
			return dir &&
			       !stat(file_join(a, dir, "index.lock"), &st) &&
			       is_younger(&st, GIT_S);
		}
		slash = strrchr(at, '/');
		if (!slash)
			break;
	}
	return false;
}

static bool
some_is_empty(struct arena *a, const char *dir)
{
	static const char *const suffixes[] = { ".c", ".h", ".sql" };
	struct names files = { 0 };
	struct err ignored = { 0 };
	struct stat st;

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
		file_find(a, &files, dir, suffixes[i], &ignored);
	err_release(&ignored);
	for (size_t i = 0; i < files.n; i++)
		if (!stat(files.v[i], &st) && !st.st_size &&
		    is_younger(&st, EMPTY_S))
			return true;
	return false;
}

bool
dev_is_being_written(const struct dev *d)
{
	const char *dir = d->project.dsl.dir;
	struct arena a = { 0 };
	bool yes = some_is_empty(&a, dir) || git_works(&a, dir);

	arena_release(&a);
	return yes;
}
