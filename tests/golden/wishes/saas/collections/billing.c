#include "tenant.h"

COLLECTION(billing_events, IN_BILLING, .table = "events",
    .no_timestamps = true) = {
	TENANT,
	TEXT(kind, .required = true),
	TIMESTAMP(at, .default_sql = NOW, .required = true),
};

COLLECTION(invoices, IN_BILLING) = {
	TENANT,
	TEXT(number, .required = true),
	DECIMAL(amount, .precision = 14, .scale = 2, .required = true),
	DATE(due, .required = true),
	UNIQUE(number, .on = {"tenant", "number"}),
	PERMISSIONS(.read = SQL("role IN ('admin', 'accountant')"),
	    .create = ROLE("billing"), .update = ROLE("billing"),
	    .delete = NOBODY),
};
