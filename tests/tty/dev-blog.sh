# The session of the README: a save adds a column; a field that holds data is
# removed, N keeps it, y drops it.
cp -r "$root/examples/blog" blog
rm -rf blog/.deesse blog/*.db*
posts=$(grep -l '^COLLECTION(posts' blog/collections/*.c)

has_subtitle() {
	sql_gives blog/app.db "SELECT count(*) FROM pragma_table_info('posts')
		WHERE name = 'subtitle'" "$1"
}

differ() {
	! cmp -s "$1" "$2"
}

type_line 'cd blog; stty -g >../before'
until_ok test -s before
fresh_screen
type_line 'deesse dev --database sqlite:app.db'
see 'watching collections'
until_ok has_subtitle 0
until_sql blog/app.db 'SELECT count(*) FROM tags' 0

# saved as vim saves, by vim
cp "$posts" without.c
vi -u NONE -es "$posts" <<'END'
set writebackup backupcopy=no
/^COLLECTION(posts/append
	TEXT(subtitle),
.
wq
END
grep -q 'TEXT(subtitle)' "$posts" || fail 'vi did not save'
cp "$posts" with.c
until_ok has_subtitle 1
see 'applied 1 change'

sql blog/app.db "PRAGMA foreign_keys = ON;
	INSERT INTO users(email, name) VALUES ('a@example.org', 'Ann');
	INSERT INTO posts(title, slug, author_id, subtitle)
	VALUES ('First', 'first', 1, 'kept?'), ('Second', 'second', 1, NULL)" ||
	fail 'the blog refuses the rows'

# N keeps it
fresh_screen
save "$posts" <without.c
see 'drop column posts\.subtitle'
see '1 row would lose a'
see 'y apply'
never has_subtitle 0
keys N
see 'kept'
never has_subtitle 0
sql_gives blog/app.db 'SELECT subtitle FROM posts WHERE id = 1' 'kept?' ||
	fail 'the value is gone'

# it is back in the source: nothing to ask; then removed again, y drops it
save "$posts" <with.c
see 'in step'
fresh_screen
save "$posts" <without.c
see 'y apply'
keys y
until_ok has_subtitle 0
see 'applied 1 change'
sql_gives blog/app.db 'SELECT count(*) FROM posts' 2 || fail 'posts went, too'

keys C-c
see '^[$#] *$'
type_line 'echo "ended with $?"; stty -g >../after'
see '^ended with 0$'
until_ok test -s after
never differ before after
