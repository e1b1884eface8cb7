# Starts what does not run of the program, and notes on which code it began.
look
if [ -n "$stopping" ]; then
  refuse "$program is still stopping; it is asked again"
fi
if [ -e "$state/updating" ]; then
  refuse "the code in $dir is half of one: an update broke off, and has to be done again"
fi
before=$lives
said=$(supervise_briefly 15 start "$program")
code=$?
odd=$(printf '%s\n' "$said" | grep -v -e ': started$' -e ': ERROR (already started)$')
if [ "$code" -ne 124 ] && [ -n "$odd" ]; then
  refuse "$odd"
fi
look
if code && [ -n "$revision" ] && [ -z "$before" ] && [ -n "$incarnation" ]; then
  mkdir -p "$state" && echo "$incarnation $revision" | put "$state/started"
fi
echo end
