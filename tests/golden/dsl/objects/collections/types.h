#ifndef TYPES_H
#define TYPES_H

#include <deesse/dsl.h>

ENUM_TYPE(mood, VALUES("good", "bad"), .was = "temper",
    .values_was = WAS("fine", "good"));

#endif
