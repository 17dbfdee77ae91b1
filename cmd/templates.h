/* templates.h - the files that `deesse init` writes, embedded at build time. */
#ifndef CMD_TEMPLATES_H
#define CMD_TEMPLATES_H

#include <stddef.h>

struct template_file {
	const char *template; /* "starter", "blog", "auth" */
	const char *name;     /* below collections/ */
	const char *text;
};

/* Ends with a NULL template. */
extern const struct template_file template_files[];

#endif
