# Folders that come, move and go; links; a queue that overflows: no save is
# missed.
. "$cases/notes.inc"

collection() { # NAME COLUMN: the text of a collection
	printf '#include <deesse/dsl.h>\nCOLLECTION(%s) = {\n\tTEXT(%s),\n};\n' "$@"
}

has() { # TABLE COLUMN
	sql_gives project/app.db "SELECT count(*) FROM pragma_table_info('$1')
		WHERE name = '$2'" 1
}

start_dev
mkdir -p project/collections/a/b outside/c
collection one x >project/collections/a/b/one.c
until_ok has one x

# a folder is renamed: what is saved in it, and in a new one below, counts
mv project/collections/a project/collections/moved
collection one y >project/collections/moved/b/one.c
until_ok has one y
mkdir project/collections/moved/new
collection two x >project/collections/moved/new/two.c
until_ok has two x
collection two y >project/collections/moved/new/two.c
until_ok has two y

# a folder comes from outside with files in it
collection three x >outside/c/three.c
mv outside/c project/collections/c
until_ok has three x
collection three y >project/collections/c/three.c
until_ok has three y

# a link to a folder, and one to a file
mkdir linked
collection four x >linked/four.c
ln -s ../../linked project/collections/linked
until_ok has four x
collection four y >linked/four.c
until_ok has four y
collection five x >five.c
ln -s ../../five.c project/collections/five.c
until_ok has five x
collection five y >five.c
until_ok has five y
collection five z | save five.c
until_ok has five z

# more events than the queue holds, while nobody reads it
limit=$(cat /proc/sys/fs/inotify/max_queued_events)
dev=$(cat project/.deesse/dev.pid)
kill -STOP "$dev"
(
	cd project/collections/moved
	seq 1 $((limit / 3 + 1000)) | xargs touch
	seq 1 $((limit / 3 + 1000)) | xargs rm
)
mkdir project/collections/late
collection six x >project/collections/late/six.c
type_line fg # the shell saw it stop
until_ok has six x
collection six y >project/collections/late/six.c
until_ok has six y
mkdir project/collections/late/deep
collection seven x >project/collections/late/deep/seven.c
until_ok has seven x
stop_dev
