/* beside.h - a watcher for each database of the tree. */
#ifndef CMD_BESIDE_H
#define CMD_BESIDE_H

#include <stddef.h>

/* Starts a process for each of n databases but the first, and returns the
 * number of the one that is the caller's: 0 in the process that was there. */
size_t beside_begin(size_t n);

/* Ends those processes and waits for them. */
void beside_end(void);

#endif
