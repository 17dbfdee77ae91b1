#include <deesse/dsl.h>

#define SLUGGED TEXT(slug), CHECK(slug_filled, "slugg <> ''")

COLLECTION(users) = {
	TEXT(name),
};

COLLECTION(posts) = {
	TEXT(title, .check = "length(titel) > 3"),
	TEXT(body, .check = "body <> '' AND "
			    "lower(bodi) = body"),
	INTEGER(views),
	INTEGER(doubled, .generated = "viws * 2", .stored = true),
	TEXT(subTitle),
	RELATION(author, users),
	CHECK(a, "author > 0 AND posts.titel <> ''"),
	CHECK(b, "nonsense IS NOT NULL"),
	CHECK(c, "title <> '' OR other.thing > f(posts)"),
	CHECK(d, "SUBTITLE <> ''"),
	INDEX(e, .on = {"title", EXPR("lower(tilte)")}, .where = "view > 3"),
	INDEX(f, .on = {DESC(EXPR("lower(titles)"))}),
	TRIGGER(lite, .event = "after update of title, vievs",
	    .when = "NEW.titel <> OLD.title",
	    .sql = "UPDATE users SET name = (SELECT new.titl) "
		   "WHERE id = old.author_id AND nam = '';",
	    .only = SQLITE),
	TRIGGER(full, .event = "after update of title, vievs",
	    .when = "NEW.* IS DISTINCT FROM OLD.* OR NEW.titel <> OLD.title",
	    .execute = "touched", .only = POSTGRES),
	POLICY(own, .using = "autor_id = 3 AND EXISTS (SELECT 1 FROM users u "
			     "WHERE u.idd = author_id)",
	    .with_check = "views::geometry(point) IS NULL AND vieuws = 1",
	    .only = POSTGRES),
	EXCLUDE(apart, .on = {WITH(EXPR("int8range(views, doubbled)"), "&&")},
	    .where = "titlee <> ''", .only = POSTGRES),
	CHECK(pg, "extract(year FROM crated_at) > 1 AND xmin IS NOT NULL AND "
		  "interval '1 day' * viewes > interval '1' AND "
		  "normalize(title, nfc) = 'x' AND date 'now' < created_at",
	    .only = POSTGRES),
	CHECK(strings, "title = \"titel\" AND rowid > 0 AND `titel` > [vievs]",
	    .only = SQLITE),
	SLUGGED,
};
