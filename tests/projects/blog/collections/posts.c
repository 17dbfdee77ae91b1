#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(title, .required = true, .min = 1, .max = 200),
	TEXT(slug, .required = true, .unique = true),
	TEXT(body, .required = true),
	TEXT(excerpt, .generated = "substr(body, 1, 200)", .stored = true),
	ENUM(status, .values = VALUES("draft", "review", "published"),
	    .default_value = "draft", .required = true),
	TIMESTAMP(published_at),
	INTEGER(views, .min = "0", .default_value = "0", .required = true),
	RELATION(author, users, .required = true, .on_delete = RESTRICT,
	    .index = true),
	HAS_MANY(comments, comments, .by = "post"),
	HAS_MANY(tags, tags, .through = "post_tags"),
	CHECK(dated, "status <> 'published' OR published_at IS NOT NULL"),
	INDEX(popular, .on = { DESC("views"), "created_at" },
	    .where = "status = 'published'"),
	PERMISSIONS(.read = ANYONE, .create = LOGGED_IN,
	    .update = OWNER(author), .delete = ROLE("admin")),
	HOOKS(.before_create = "posts_slugify"),
};

COLLECTION(comments) = {
	RELATION(post, posts, .required = true, .on_delete = CASCADE),
	RELATION(parent, comments, .on_delete = CASCADE),
	RELATION(author, users, .on_delete = SET_NULL),
	TEXT(body, .required = true, .max = 5000),
	INDEX(thread, .on = { "post", "parent", NULLS_LAST("created_at") },
	    .only = POSTGRES),
	INDEX(thread, .on = { "post", "parent", "created_at" }, .only = SQLITE),
};

COLLECTION(tags) = { TEXT(name, .unique = true, .required = true,
			 .collate = "NOCASE", .only = SQLITE),
	TEXT(name, .unique = true, .required = true, .only = POSTGRES) };
COLLECTION(post_tags, .id = ID_NONE, .no_timestamps = true) = {
	RELATION(post, posts, .on_delete = CASCADE, .primary_key = true),
	RELATION(tag, tags, .on_delete = CASCADE, .primary_key = true),
};
