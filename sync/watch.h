/* watch.h - files that change, as one descriptor to poll.
 *
 * libinotifytools does the watching, in a thread of its own, for its calls
 * block and it gives out no descriptor. New folders are watched as they come;
 * moved ones, and a queue that was full, make the watch stale.
 * One watch a process: the library keeps its state in globals.
 */
#ifndef SYNC_WATCH_H
#define SYNC_WATCH_H

#include <stdbool.h>

#include "base/err.h"
#include "base/vec.h"

/* Begins to watch: folders with all below them, and other folders flat. */
bool watch_start(
    const struct names *trees, const struct names *folders, struct err *err);

/* Becomes readable when something changed. */
int watch_fd(void);

/* Are there folders that are not watched as they should be? Then stop, and
 * start again. */
bool watch_is_stale(void);

/* Makes the descriptor quiet again. */
void watch_drain(void);

void watch_stop(void);

#endif
