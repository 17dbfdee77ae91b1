# Real editors, typing: vim with and without backup files, nano.
. "$cases/notes.inc"
vim=$(command -v vim.tiny || command -v vim) || fail 'no vim here'
start_dev

in_window() { # NAME REGEX
	tm capture-pane -p -t "test:$1" 2>/dev/null | grep -qE -e "$2"
}

# vim: writes a new file and renames it over the old one
window vim "$vim -u NONE -N -n --cmd 'set writebackup backupcopy=no' project/collections/notes.c"
until_ok in_window vim 'TEXT\(body\)'
keys_to vim /body Enter o 'INTEGER(by_vim),' Escape :w Enter
until_ok columns_are body,by_vim,title
# and in place, with a backup and a swap file beside it
keys_to vim ':set backup backupcopy=yes swapfile' Enter \
	/by_vim Enter o 'INTEGER(in_place),' Escape :wq Enter
until_ok columns_are body,by_vim,in_place,title

# a mistake in the middle of typing, and its end
window vim "$vim -u NONE -N project/collections/notes.c"
until_ok in_window vim 'TEXT\(body\)'
fresh_screen
keys_to vim /in_place Enter o 'INTEGERS(mistake' Escape :w Enter
see 'collections/notes\.c:[0-9]+'
keys_to vim cc 'INTEGER(right),' Escape :wq Enter
until_ok columns_are body,by_vim,in_place,right,title

# nano: empties the file and writes it
window nano 'nano --ignorercfiles project/collections/notes.c'
until_ok in_window nano 'TEXT\(body\)'
keys_to nano C-_ 5 Enter C-e Enter 'INTEGER(by_nano),' C-o Enter
until_ok columns_are body,by_nano,by_vim,in_place,right,title
keys_to nano C-x

# what sed -i and mv do
sed -i '/by_nano/d' project/collections/notes.c
until_ok columns_are body,by_vim,in_place,right,title
sed -i '/in_place/d' project/collections/notes.c
until_ok columns_are body,by_vim,right,title
without right >project/other.c
mv project/other.c project/collections/notes.c
until_ok columns_are body,by_vim,title
stop_dev
