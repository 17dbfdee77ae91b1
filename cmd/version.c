/* version - which deesse this is */
#include <stdio.h>

#include "cmd/cmd.h"

static enum status
run(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	if (wants_json())
		printf("{\"version\":\"%s\"}\n", DEESSE_VERSION);
	else
		printf("deesse %s\n", DEESSE_VERSION);
	return STATUS_OK;
}

const struct command cmd_version = {
	.name = "version",
	.summary = "print the version",
	.about = "Prints the version of deesse.",
	.run = run,
};
