#include <deesse/dsl.h>

__asm__(".section .init_array");
COLLECTION(posts) = { TEXT(a) };
