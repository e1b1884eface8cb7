# Stops the incarnation that was meant ($meant), and no other.
look
if [ -n "$lives" ]; then
  if [ -z "$incarnation" ]; then
    refuse "a process of $program is between two states; the next look tells"
  fi
  if [ "$incarnation" != "$meant" ]; then
    refuse "$program runs as another incarnation, $incarnation, than $meant"
  fi
  said=$(supervise_briefly 5 stop "$program")
  code=$?
  odd=$(printf '%s\n' "$said" | grep -v -e ': stopped$' -e ': ERROR (not running)$')
  if [ "$code" -ne 124 ] && [ -n "$odd" ]; then
    refuse "$odd"
  fi
elif ! printf '%s\n' "$status" | grep -q -e ' STOPPED' -e ' EXITED' -e ' FATAL' -e ' BACKOFF'; then
  refuse "$status"
fi
echo end
