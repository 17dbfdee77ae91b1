#include <deesse/dsl.h>

COLLECTION(posts, .table = "Users") = {
	TEXT(title, .index = true),
	INDEX(title_idx, .on = {"title"}),
	INDEX(other, .on = {"title"}, .name = "people"),
};

COLLECTION(people) = {
	TEXT(name),
};
