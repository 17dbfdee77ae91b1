# --poll sees a save without inotify, says a mistake once, and goes on.
. "$cases/notes.inc"
start_dev --poll
with_line 'INTEGER(stars),' | save project/collections/notes.c
until_ok columns_are body,stars,title
fresh_screen
with_line 'INTEGERS(stars),' | save project/collections/notes.c
see 'nothing was changed'
with_line 'INTEGER(hearts),' | sed /stars/d >wanted
sleep 2.5 # two looks at what has not changed
[ "$(screen | grep -c 'nothing was changed')" = 1 ] || fail 'said twice'
save project/collections/notes.c <wanted
until_ok columns_are body,hearts,title
stop_dev
