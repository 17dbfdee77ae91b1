#include <deesse/dsl.h>

COLLECTION(semicolon) = { TEXT(a) };
VIEW(v, .sql = "SELECT a FROM posts")
VIEW(w, .sql = "SELECT a FROM posts");
