/* clock.h - how long something takes. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Milliseconds of a clock that only goes forward. */
int64_t clock_ms(void);

#endif
