#ifndef SHARED_H
#define SHARED_H

static const char also_plain[] = "a\0b";

#define NAMED(name) TEXT(name, .default_value = "n\0m")

#endif
