/* phase - the two halves of a plan, by name */
#include "diff/diff.h"

const char *
phase_name(enum phase p)
{
	return p == PHASE_RELAX ? "relax" : "tighten";
}
