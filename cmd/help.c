/* help - what --help prints, out of the tables that parse */
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"

#define INDENT 26
#define WIDTH 79

/* Prints text from column INDENT on, folded at words. */
static void
print_folded(const char *text)
{
	int at = INDENT;

	while (*text) {
		int n = (int)strcspn(text, " ");

		if (at > INDENT && at + n + 1 > WIDTH) {
			printf("\n%*s", INDENT, "");
			at = INDENT;
		}
		if (at > INDENT)
			at += printf(" ");
		at += printf("%.*s", n, text);
		text += n;
		text += strspn(text, " ");
	}
	printf("\n");
}

static bool
has_row(const struct option_row *rows, const char *name)
{
	for (; rows && rows->name; rows++)
		if (!strcmp(rows->name, name))
			return true;
	return false;
}

/* Prints the rows, but those that a command has its own words for. */
static void
print_rows(const struct option_row *rows, const struct option_row *own)
{
	for (; rows && rows->name; rows++) {
		int n;

		if (has_row(own, rows->name))
			continue;
		n = rows->letter ? printf("  -%c, ", rows->letter)
				 : printf("      ");

		n += printf("--%s%s%s", rows->name, rows->arg ? " " : "",
		    rows->arg ? rows->arg : "");
		if (n >= INDENT)
			n = printf("\n") - 1;
		printf("%*s", INDENT - n, "");
		print_folded(rows->help);
	}
}

void
help_program(void)
{
	printf("usage: deesse COMMAND [OPTION]…\n\n"
	       "Keeps a database in step with collections written in C.\n\n"
	       "Commands:\n");
	for (size_t i = 0; i < commands_count; i++)
		printf("  %-10s %s\n", commands[i]->name, commands[i]->summary);
	printf("\nOptions of all commands:\n");
	print_rows(common_options, NULL);
	printf("\n`deesse COMMAND --help` says more of a command.\n");
}

void
help_command(const struct command *c)
{
	printf("usage: deesse %s [OPTION]…%s%s\n\n%s\n", c->name,
	    c->args ? " " : "", c->args ? c->args : "", c->about);
	if (c->options && c->options->name) {
		printf("\nOptions:\n");
		print_rows(c->options, NULL);
	}
	printf("\nOptions of all commands:\n");
	print_rows(common_options, c->options);
}
