#include <deesse/dsl.h>

/* As many a file says it: a check of the table and a foreign key that have no
 * names and name no columns. */
COLLECTION(orders) = {
	INTEGER(paid, .required = true),
	INTEGER(due, .required = true),
	CHECK(covered, "paid <= due", .unnamed = true, .only = SQLITE),
	CHECK(covered, "paid <= due", .only = POSTGRES),
};

COLLECTION(lines, .id = ID_NONE) = {
	RELATION(order, orders, .implicit = true, .only = SQLITE),
	RELATION(order, orders, .only = POSTGRES),
	INTEGER(nr),
	TEXT(key, .primary_key = true, .constraint = "lines_by_key"),
	INDEX(nr, .on = {"nr"}, .unique = true),
};

COLLECTION(parts) = {
	INTEGER(order),
	RELATION(line, lines, .references = "nr"),
	FOREIGN_KEY(order, orders, .on = {"order"}, .implicit = true,
	    .only = SQLITE),
};
