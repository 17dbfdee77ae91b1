#include <deesse/dsl.h>

COLLECTION(posts, .no_timestamps = true) = {
	TEXT(title, .required = true),
	INTEGER(views),
	RELATION(author, users),
};

COLLECTION(users, .no_timestamps = true) = {
	TEXT(name),
#ifdef DEESSE_POSTGRES
	COLUMN(mail, .type = "email"),
	COLUMN(nick, .type = "citext"),
	COLUMN(price, .type = "money2"),
	COLUMN(number, .type = "bigint", .default_sql = "nextval('order_numbers')"),
#endif
};
