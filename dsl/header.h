/* header.h - deesse/dsl.h, carried inside the program (see embed.cmake). */
#ifndef DSL_HEADER_H
#define DSL_HEADER_H

#include <stddef.h>

extern const unsigned char dsl_header_text[];
extern const size_t dsl_header_size;

#endif
