# Refuses where a program must not be started on what is there.
if [ -e "$state/updating" ]; then
  refuse "the code in $dir is half of one: an update broke off, and has to be done again"
fi
echo end
