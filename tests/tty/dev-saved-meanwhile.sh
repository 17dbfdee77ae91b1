# What is saved while the compiler runs is seen afterwards: nothing is missed.
. "$cases/notes.inc"
cat >slow-cc <<'EOF'
#!/bin/sh
cc "$@"
status=$?
if [ -e hold ]; then
	: >held
	while [ -e hold ]; do sleep 0.05; done
fi
exit $status
EOF
chmod +x slow-cc
export_cc="export DEESSE_CC=$PWD/slow-cc"
type_line "$export_cc"
start_dev
for name in one two three; do
	: >project/hold
	with_line "INTEGER(before_$name)," | save project/collections/notes.c
	until_ok test -e project/held
	with_line "INTEGER(after_$name)," | save project/collections/notes.c
	rm project/held project/hold
	until_sql project/app.db "SELECT count(*) FROM pragma_table_info('notes')
		WHERE name = 'after_$name'" 1
done
# a header elsewhere counts from the save on that includes it
mkdir project/shared
echo '#define WIDTH 10' >project/shared/limits.h
sed 's|^COLLECTION|#include "../shared/limits.h"\n&|' \
	project/collections/notes.c | save project/collections/notes.c
see 'in step'
fresh_screen
echo '#error "not like this"' >>project/shared/limits.h
see 'not like this'
echo '#define WIDTH 20' | save project/shared/limits.h
see 'in step'
stop_dev
