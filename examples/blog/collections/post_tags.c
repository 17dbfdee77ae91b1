#include <deesse/dsl.h>

/* Which post has which tag: a pair is its own key. */
COLLECTION(post_tags, .id = ID_NONE, .no_timestamps = true) = {
	RELATION(post, posts, .on_delete = CASCADE),
	RELATION(tag, tags, .on_delete = CASCADE),

	PRIMARY_KEY(.on = {"post", "tag"}),
	INDEX(by_tag, .on = {"tag"}),
};
