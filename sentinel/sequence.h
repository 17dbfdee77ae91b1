/* sequence.h - a sequence that is set behind what stands in its column. */
#ifndef SENTINEL_SEQUENCE_H
#define SENTINEL_SEQUENCE_H

#include "sentinel/shape.h"

/* Is the statement exactly
 *
 *     SELECT pg_catalog.setval(pg_get_serial_sequence('t', 'c'), max(c))
 *     FROM t HAVING max(c) >= n
 *
 * or the same with min and <=? No value that stands in the column comes again
 * after it. Any other setval may make it so. */
bool sequence_catches_up(const struct statement *st, const struct shape *s);

#endif
