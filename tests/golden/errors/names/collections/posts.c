#include <deesse/dsl.h>

COLLECTION(posts, .table = "_deesse_posts") = {
	TEXT(title),
	TEXT(title, .max = 3),
	TEXT(heading, .column = "TITLE"),
	TEXT(id),
	TIMESTAMP(created_at),
	TEXT(body, .column = ""),
};

COLLECTION(logs, .table = "sqlite_log") = {
	TEXT(line),
};
