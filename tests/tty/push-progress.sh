# A long rebuild says what it does on the terminal, and leaves nothing there.
mkdir -p project/collections
printf '%s\n' '#include <deesse/dsl.h>' \
	'COLLECTION(notes) = { TEXT(title), TEXT(body) };' \
	>project/collections/notes.c
type_line 'cd project && deesse push --database sqlite:app.db'
see '^Applied'
sql project/app.db "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1
	FROM c WHERE i < 1200000) INSERT INTO notes(title) SELECT i FROM c"
sed -i 's/TEXT(title)/TEXT(title, .required = true)/' \
	project/collections/notes.c
fresh_screen
type_line 'deesse push --database sqlite:app.db'
see '^(writing notes anew|checking what was written|counting rows).*, [0-9.]+ s'
see '^Applied'
gone '^(writing|checking|counting)'

# and not where nobody watches
sed -i 's/TEXT(title, .required = true)/TEXT(title)/' \
	project/collections/notes.c
fresh_screen
type_line 'deesse push --database sqlite:app.db 2>err; cat -v err'
see '^Applied'
never grep -q writing project/err
