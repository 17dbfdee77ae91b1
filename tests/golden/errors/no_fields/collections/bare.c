#include <deesse/dsl.h>

COLLECTION(bare, .id = ID_NONE, .no_timestamps = true) = { NULL };
