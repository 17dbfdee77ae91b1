#include <deesse/dsl.h>

COLLECTION(orders) = {
	TEXT(title),
};

COLLECTION(lines, .id = ID_NONE, .no_timestamps = true,
    .without_rowid = true) = {
	RELATION(order, orders, .on_delete = CASCADE),
	INTEGER(number, .bits = 32),
	PRIMARY_KEY(.on = {"order", "number"}, .constraint = "lines_key"),
};

COLLECTION(refunds) = {
	INTEGER(order, .column = "order_id"),
	INTEGER(number, .bits = 32),
	FOREIGN_KEY(line, lines, .on = {"order", "number"},
	    .on_delete = CASCADE),
	FOREIGN_KEY(again, lines, .on = {"order", "number"},
	    .references = {"order", "number"}, .name = "second",
	    .on_update = SET_DEFAULT, .only = POSTGRES),
};

COLLECTION(pairs, .id = ID_NONE, .no_timestamps = true) = {
	INTEGER(a, .primary_key = true),
	INTEGER(b, .primary_key = true),
};

COLLECTION(loose, .id = ID_NONE, .no_timestamps = true) = {
	TEXT(anything),
};
