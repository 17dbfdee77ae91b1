#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(title),
	RELATION(author, user),
	RELATION(editor, users, .references = "nam"),
	RELATION(reader, users, .references = "name"),
	RELATION(owner, users, .on_delete = SET_NULL, .required = true),
	HAS_MANY(comments, comments, .by = "posts"),
	INDEX(popular, .on = {"titel", DESC("views")}),
	INDEX(nothing),
	UNIQUE(one, .on = {"title", "title"}),
	CHECK(empty, ""),
	PERMISSIONS(.update = OWNER(autor)),
};

COLLECTION(comments) = {
	TEXT(body),
	RELATION(post, posts),
	RELATION(origin, posts),
};

COLLECTION(pages) = {
	TEXT(body),
	HAS_MANY(comments, comments),
};
