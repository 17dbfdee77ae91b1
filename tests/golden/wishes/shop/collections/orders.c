#include "money.h"

COLLECTION(customers) = {
	TEXT(email, .required = true, .lowercase = true),
	TIMESTAMP(deleted_at),
	HAS_MANY(orders, orders),
	HAS_ONE(account, accounts, .by = "customer"),
	/* an address is free again when its customer is gone */
	INDEX(live_email, .on = {"email"}, .unique = true,
	    .where = "deleted_at IS NULL"),
};

COLLECTION(accounts) = {
	RELATION(customer, customers, .on_delete = CASCADE, .required = true,
	    .unique = true),
	MONEY(balance, .default_value = "0", .required = true),
};

COLLECTION(orders) = {
	RELATION(customer, customers, .on_delete = RESTRICT, .required = true),
	ENUM(state, .type = order_state, .default_value = "new",
	    .required = true),
	MONEY(total, .min = "0", .default_value = "0", .required = true),
	HAS_MANY(lines, order_lines),
	HAS_MANY(log, order_log),
	PERMISSIONS(.read = OWNER(customer), .create = LOGGED_IN,
	    .update = ROLE("staff"), .delete = NOBODY),
};

COLLECTION(order_log, .no_timestamps = true) = {
	RELATION(order, orders, .on_delete = CASCADE, .required = true),
	ENUM(state, .type = order_state, .required = true),
	TIMESTAMP(at, .default_sql = NOW, .required = true),
};

COLLECTION(order_lines, .id = ID_NONE, .no_timestamps = true) = {
	RELATION(order, orders, .on_delete = CASCADE),
	INTEGER(line_no, .min = "1"),
	RELATION(product, products, .on_delete = RESTRICT, .required = true),
	INTEGER(quantity, .min = "1", .required = true),
	MONEY(unit_price, .required = true),
	MONEY(total, .generated = "unit_price * quantity", .stored = true),
	PRIMARY_KEY(.on = {"order", "line_no"}),
	CHECK(positive, "quantity > 0 AND unit_price >= 0"),
};

/* What refers to a line refers to both halves of its key. */
COLLECTION(refunds) = {
	INTEGER(order_id, .required = true),
	INTEGER(line_no, .required = true),
	MONEY(amount, .min = "0.01", .required = true),
	FOREIGN_KEY(line, order_lines, .on = {"order_id", "line_no"},
	    .on_delete = CASCADE),
};

VIEW(open_orders, .sql = "SELECT id, customer_id, total FROM orders "
			 "WHERE state IN ('new', 'paid')");
