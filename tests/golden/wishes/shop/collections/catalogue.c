#include "money.h"

COLLECTION(categories, .label = "Categories") = {
	TEXT(name, .max = 80, .required = true),
	RELATION(parent, categories, .on_delete = RESTRICT),
	HAS_MANY(children, categories, .by = "parent"),
	HAS_MANY(products, products),
	/* two siblings are not called the same, in whatever case */
	INDEX(sibling, .on = {"parent", EXPR("lower(name)")}, .unique = true),
};

COLLECTION(products) = {
	TEXT(sku, .max = 32, .required = true, .unique = true,
	    .match = "^[A-Z0-9-]+$"),
	TEXT(title, .max = 200, .required = true),
	MONEY(price, .min = "0", .required = true),
	TEXT(currency, .min = 3, .max = 3, .default_value = "EUR",
	    .required = true),
	RELATION(category, categories, .on_delete = SET_NULL),
	BOOLEAN(active, .default_value = "true", .required = true),
	INDEX(live_title, .on = {"title"}, .where = "active", .unique = true),
};
