# Where the system's limit of watches is reached it says which one, and looks
# every second instead. A user namespace has limits of its own.
. "$cases/notes.inc"
unshare --user --map-root-user true 2>/dev/null || {
	echo "SKIP $name: no user namespaces here"
	exit 77
}
cd project
mkdir -p collections/one collections/two
limited() { # LIMIT VALUE
	rm -f out
	unshare --user --map-root-user sh -c "
		echo $2 >/proc/sys/user/$1 || exit 9
		exec deesse dev --database sqlite:app.db" </dev/null >out 2>&1 &
	dev=$!
	cd ..
	until_ok grep -qs 'looking for changes every second' project/out
	cd project
}
with() {
	sed "s/^};/\tTEXT($1),\n};/" collections/notes.c >new.c
	mv new.c collections/notes.c
}
limited max_inotify_watches 1
grep -q 'sysctl fs.inotify.max_user_watches=' out || fail "no sysctl: $(cat out)"
with by_watches
until_sql app.db "SELECT count(*) FROM pragma_table_info('notes')
	WHERE name = 'by_watches'" 1
kill -TERM "$dev"
wait "$dev" || fail "ended with $?"

limited max_inotify_instances 0
grep -q 'sysctl fs.inotify.max_user_instances=' out ||
	fail "no sysctl: $(cat out)"
with by_instances
until_sql app.db "SELECT count(*) FROM pragma_table_info('notes')
	WHERE name = 'by_instances'" 1
kill -TERM "$dev"
wait "$dev" || fail "ended with $?"
