#include <deesse/dsl.h>

COLLECTION(posts, .label = "Blog posts") = {
	TEXT(title, .min = 1, .max = 100, .required = true),
	TEXT(slug, .max = 120, .required = true, .unique = true,
	    .match = "^[a-z0-9-]+$"),
	TEXT(content),
	INTEGER(views, .min = "0", .required = true, .default_value = "0"),
	ENUM(status, .values = VALUES("draft", "published", "archived"),
	    .required = true, .default_value = "draft"),
	TIMESTAMP(published_at),

	RELATION(author, users, .on_delete = CASCADE, .required = true),
	HAS_MANY(comments, comments, .by = "post"),
	HAS_MANY(tags, tags, .through = "post_tags"),

	INDEX(by_author, .on = {"author", DESC("created_at")}),
	INDEX(popular, .on = {DESC("views")}, .where = "status = 'published'"),
	CHECK(dated, "status <> 'published' OR published_at IS NOT NULL"),

	PERMISSIONS(.read = ANYONE, .create = LOGGED_IN,
	    .update = OWNER(author), .delete = ROLE("admin")),
};
