#include <deesse/dsl.h>

#include "money.h"

ENUM_TYPE(
    account_kind, VALUES("asset", "liability", "equity", "income", "expense"));

COLLECTION(currencies, .id = ID_NONE, .no_timestamps = true) = {
	TEXT(
	    code, .primary_key = true, .required = true, .match = "^[A-Z]{3}$"),
	INTEGER(digits, .bits = 16, .min = "0", .max = "4",
	    .default_value = "2", .required = true),
};

COLLECTION(accounts, .id = ID_UUID) = {
	TEXT(number, .required = true, .max = 34),
	ENUM(kind, .type = account_kind, .required = true),
	RELATION(currency, currencies, .required = true),
	MONEY(overdraft),
	RELATION(parent, accounts, .on_delete = RESTRICT),
	UNIQUE(number, .on = { "currency", "number" }),
};

COLLECTION(transfers, .id = ID_UUID, .no_timestamps = true) = {
	TIMESTAMP(booked_at, .default_sql = NOW, .required = true),
	DATE(value_date, .default_sql = TODAY, .required = true),
	TEXT(reference, .max = 140),
	UUID(idempotency_key, .unique = true, .required = true,
	    .constraint = "once"),
};

COLLECTION(entries, .id = ID_NONE, .no_timestamps = true) = {
	RELATION(transfer, transfers, .required = true, .on_delete = RESTRICT,
	    .deferrable = true, .deferred = true),
	INTEGER(line, .bits = 16, .required = true, .min = "1"),
	RELATION(account, accounts, .required = true),
	DECIMAL(amount, .precision = 19, .scale = 4, .required = true),
	PRIMARY_KEY(.on = { "transfer", "line" }),
	CHECK(not_zero, "amount <> 0"),
	INDEX(by_account, .on = { "account", "transfer" }),
};

COLLECTION(attachments) = {
	UUID(transfer),
	INTEGER(line, .bits = 16),
	TEXT(file, .required = true),
	FOREIGN_KEY(entry, entries, .on = { "transfer", "line" },
	    .on_delete = CASCADE, .deferrable = true),
};

VIEW(balances, .sql = "SELECT account_id, sum(amount) AS balance FROM entries "
		      "GROUP BY account_id");
