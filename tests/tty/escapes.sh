# Names, comments, defaults, messages and file names full of control characters
# never reach the terminal raw: what it got, byte for byte, has none of them.
. "$cases/escapes.inc"

mkdir -p project/collections
cd project || exit
# as other tools leave it, in a file
sqlite3 other.db "CREATE TABLE \"t$evil\" (id INTEGER PRIMARY KEY,
	\"c$evil\" TEXT DEFAULT 'd$evil' CHECK (\"c$evil\" <> 'k$evil'));
	CREATE INDEX \"i$evil\" ON \"t$evil\" (\"c$evil\");
	CREATE VIEW \"v$evil\" AS SELECT 'w$evil' AS x;
	INSERT INTO \"t$evil\" VALUES (1, 'x')"
cp other.db app.db
cat >"collections/f$evil.c" <<END
#include <deesse/dsl.h>
COLLECTION(notes, .label = "l$evil", .comment = "m$evil") = {
	TEXT(title, .default_value = "d$evil", .comment = "n$evil"),
	TEXT(body),
	TEXT(odd, .column = "o$evil"),
	CHECK(fine, "title <> 'k$evil'"),
};
END
printf 'SELECT 1;\n-- m%s\nDROP TABLE "t%s";\nALTER TABLE "t%s" BAD;\n' \
	"$evil" "$evil" "$evil" >"q$evil.sql"
cd ..
type_line 'cd project; d="--database sqlite:app.db"'
begin
line='deesse status $d' try status evil
line='deesse status $d --format json' try 'status as JSON' evil
line='deesse diff $d' try diff evil
line='deesse diff --from other.db --to collections' try 'no URL' other
line='deesse diff --from sqlite:other.db --to collections' try 'diff of two' evil
line='deesse push $d --dry-run -v' try 'push -n' evil
line='deesse push $d -v' try push evil
line='deesse push $d --prune' try 'push --prune' evil
line='deesse push $d --prune --format json' try 'push as JSON' evil
line='deesse push $d --prune --accept-data-loss -v' try 'a push that drops' evil
line='deesse history $d -v' try history evil
line='deesse history $d --format json' try 'history as JSON' evil
line='deesse trash list $d' try 'trash list' evil
line='deesse undo $d -v' try undo evil
line='deesse pull --database sqlite:other.db --out pulled' try pull evil
line='deesse check --dialect sqlite q*' try check evil
line='deesse check --dialect sqlite --format json q*' try 'check as JSON' evil
line='deesse check --dialect sqlite --format github q*' try 'check for GitHub' evil
line='deesse check no-such-q*; deesse check "$(ls -d q*)/x.sql"' \
	try 'check of no file' evil
line='deesse compile $d -o "$(ls -d q*)/x"' try compile evil
line='deesse push --database "sqlite:$(ls -d q*)/app.db"' try 'no database' evil
line='deesse push --database "$(ls -d q*)"' try 'no URL' evil
line='deesse push --allow "$(ls -d q*)"' try 'no class' evil
line='deesse "$(ls -d q*)"' try 'no command' evil
line='deesse push "--$(ls -d q*)"' try 'no option' evil
line='deesse protect $d "$(ls -d q*)"; deesse push $d --protected x' try protect evil
line='deesse protect $d --off; deesse protect $d --off "$(ls -d q*)"' \
	try 'protect --off' evil
sed -i 's/TEXT(body)/TEXTS(body)/' project/collections/f*
line='deesse push $d' try 'a mistake' evil
sed -i "s/TEXTS(body),/&\n#error g$evil/" project/collections/f*
line='deesse push $d' try '#error' evil
line='deesse push $d -v' try '#error, the compiler itself' evil
sed -i "/^#error/d; s/TEXTS(body)/TEXT(body)/" project/collections/f*

# the watcher: its story, its questions, its keys, drift, and its command
line='sqlite3 app.db "INSERT INTO notes(title, body) VALUES (1, 2)"; echo evil' \
	try insert evil
type_line 'deesse dev $d -v -- sh -c "exec sleep 1000" "$(ls -d q*)"'
see 'watching'
sed -i '/odd/d; /body/d; /fine/d' project/collections/f*
see 'y apply'
fresh_screen
keys d
see 'DROP COLUMN'
keys r
see 'y apply'
is_clean 'the question'
keys n
sqlite3 project/app.db "ALTER TABLE notes ADD COLUMN \"z$evil\" TEXT"
see 'I ignore'
is_clean drift
keys a
see 'adopt:'
is_clean adopt
see 'y apply|ignored|adopt'
sed -i "s/^};/\tINTEGER(more, .column = \"m$evil\"),\n};/" project/collections/f*
see 'applied 1 change'
is_clean applied
sed -i "s/^};/#error g$evil\n};/" project/collections/f*
see 'error: #error ge'
is_clean 'a mistake while it watches'
keys C-c
