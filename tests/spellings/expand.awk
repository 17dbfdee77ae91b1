# expand - every statement of the grammar, one a line; \n stays for later
#
# {list} is the same word in all its places, {list2} another one.
/^#/ { next }
/^= / { list = $2; next }
list == "statement" { if ($0 != "") say[++statements] = $0; next }
# the last, empty, ends the list
{ word[list, ++n[list]] = $0 }

function put(text, place, with,    at, out) {
	while ((at = index(text, place))) {
		out = out substr(text, 1, at - 1) with
		text = substr(text, at + length(place))
	}
	return out text
}

function expand(text,    place, name, i) {
	if (!match(text, /\{[a-z]+2?\}/)) {
		print text
		return
	}
	place = substr(text, RSTART, RLENGTH)
	name = substr(place, 2, length(place) - 2)
	sub(/2$/, "", name)
	for (i = 1; i < n[name]; i++)
		expand(put(text, place, word[name, i]))
}

END { for (i = 1; i <= statements; i++) expand(say[i]) }
