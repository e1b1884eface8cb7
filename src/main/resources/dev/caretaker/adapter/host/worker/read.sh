# Tells everything about a worker, a line each, and "end" when that is all.
look
printf '%s\n' "$status" | sed 's/^/status /'
if [ -n "$lives" ]; then
  echo "incarnation $incarnation"
  echo "born $born"
fi
if code; then
  if [ -n "$revision" ]; then
    echo "revision $revision"
  fi
else
  echo "doubt $(printf '%s' "$doubt" | tail -n 1)"
fi
if [ -n "$incarnation" ] && [ -r "$state/started" ]; then
  read -r who what <"$state/started"
  if [ "$who" = "$incarnation" ]; then
    echo "started $what"
    since=
  fi
fi
# Nothing has changed since long before the first process began: two seconds, for clocks are set.
if [ -n "${since:-}" ] && [ -n "$born" ] && [ "$((since + 2))" -lt "$born" ]; then
  echo "started $revision"
fi
sample() {
  read -r _ user nice system idle wait irq soft steal _ </proc/stat
  total=$((user + nice + system + idle + wait + irq + soft + steal))
  free=$((idle + wait))
}
sample
before=$total
rest=$free
sleep 1
sample
echo "cpu $((total - before - free + rest)) $((total - before))"
where=${dir:-${HOME:-/}}
while [ ! -e "$where" ]; do
  where=$(dirname "$where")
done
df -P -k "$where" 2>/dev/null | awk 'NR == 2 { print "disk", $(NF - 3), $(NF - 2) }'
if [ -r "$state/last" ]; then
  id=$(cat "$state/last")
  echo "job $id $(job_state "$state/job/$id")"
  tail -c 4000 "$state/job/$id/out" 2>/dev/null | sed 's/^/out /'
  echo
fi
echo end
