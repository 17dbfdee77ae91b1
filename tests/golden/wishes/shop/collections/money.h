/* What the files of the shop share: an amount, and where an order stands. */
#ifndef SHOP_MONEY_H
#define SHOP_MONEY_H

#include <deesse/dsl.h>

#define MONEY(...) DECIMAL(__VA_ARGS__, .precision = 12, .scale = 2)

ENUM_TYPE(order_state, VALUES("new", "paid", "shipped", "cancelled"),
    .values_was = WAS("sent", "shipped"));

#endif
