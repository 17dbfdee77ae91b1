/* suite.h - tests beside a cluster: one for each golden case, with its scene.
 */
#ifndef TESTS_POSTGRES_SUITE_H
#define TESTS_POSTGRES_SUITE_H

#include <stdio.h>

#include "tests/postgres/psql.h"

/* What one test works with: all of it goes when scene_end is called. */
struct scene {
	struct arena a;
	struct err err;
	const char *dir; /* of the case */
	struct names managed;
	struct db *db; /* where one is open */
};

/* Fails the test, with its case and why, where something did not go. */
static inline void
must(struct scene *s, bool ok, const char *what)
{
	if (!ok)
		fail_msg("%s: %s: %s", s->dir, what,
		    s->err.text ? s->err.text : "?");
}

/* Returns the text of a file of the case. */
static inline const char *
scene_text(struct scene *s, const char *name)
{
	struct buf text = { 0 };
	const char *copy;

	must(
	    s, file_read(&text, file_join(&s->a, s->dir, name), &s->err), name);
	copy = arena_strdup(&s->a, buf_str(&text));
	buf_release(&text);
	return copy;
}

/* The first line may say which schemas are managed: "-- schemas: public app".
 */
static inline void
scene_manage(struct scene *s, const char *text)
{
	static const char word[] = "-- schemas:";

	if (strncmp(text, word, strlen(word)) != 0)
		return;
	for (text += strlen(word); *text == ' ';) {
		size_t n = strcspn(++text, " \n");

		vec_push(&s->a, &s->managed, arena_strndup(&s->a, text, n));
		text += n;
	}
}

static inline void
scene_end(struct scene *s)
{
	err_release(&s->err);
	arena_release(&s->a);
}

VEC(tests, struct CMUnitTest);

/* Adds a test for each folder of the stage that has such a file, named by the
 * word and the folder, but for those of SQLite alone. There must be some. */
static inline void
suite_add(struct arena *a, struct tests *tests, const char *stage,
    const char *file, const char *what, CMUnitTestFunction test)
{
	struct err err = { 0 };
	struct names found = { 0 };
	size_t before = tests->n;

	if (!file_find(
		a, &found, cases_path(a, stage), strrchr(file, '.'), &err))
		fail_msg("%s", err.text);
	for (size_t i = 0; i < found.n; i++) {
		char *dir = arena_strdup(a, found.v[i]), *name;

		if (strcmp(strrchr(dir, '/') + 1, file))
			continue;
		*strrchr(dir, '/') = '\0';
		name = strrchr(dir, '/') + 1;
		if (strncmp(name, "sqlite-", 7))
			vec_push(a, tests,
			    (struct CMUnitTest){
				.name = arena_fmt(a, "%s %s", what, name),
				.test_func = test,
				.initial_state = dir });
	}
	if (tests->n == before)
		abort();
}

/* Is a cluster there? Reads the arguments too: --bless, and a filter. */
static inline bool
suite_begin(int argc, char **argv)
{
	if (!getenv("PGHOST")) {
		fprintf(stderr, "usage: tests/postgres/cluster %s\n", argv[0]);
		return false;
	}
	cases_bless = argc > 1 && !strcmp(argv[1], "--bless");
	if (argc > 1 + cases_bless)
		cmocka_set_test_filter(argv[argc - 1]);
	return true;
}

/* Runs them; the status of the program. */
static inline int
suite_end(struct arena *a, const char *name, const struct tests *tests)
{
	int failed =
	    _cmocka_run_group_tests(name, tests->v, tests->n, NULL, NULL);

	arena_release(a);
	return failed;
}

#endif
