/* progress.h - a line that says what takes so long, on a terminal only.
 *
 * It stands on standard error from half a second on, is written over each tenth
 * of a second, and leaves nothing behind.
 */
#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* Is there a terminal to show it on, and nobody who wants it quiet? */
bool progress_wanted(void);

/* Shows what is being done, if it is time to; rows is -1 where not known. */
void progress_show(const char *doing, int64_t rows);

/* Takes the line away; the next one begins anew. */
void progress_end(void);

#endif
