# Begins a job ($id), once, that outlives whoever asked for it. $body is a shell script.
job=$state/job/$id
mkdir -p "$state/job" || refuse "nothing can be kept in $state"
if [ -e "$job" ]; then
  echo end
  exit 0
fi
if [ -r "$state/last" ]; then
  other=$(cat "$state/last")
  if [ "$(job_state "$state/job/$other")" = running ]; then
    refuse "another job runs there: $other"
  fi
fi
# The one who makes the folder begins the job, should two ask at once.
mkdir "$job" || refuse "$job cannot be made"
date +%s | put "$job/begun"
printf '%s\n' "$body" >"$job/body"
echo "$id" | put "$state/last"
apart=
if command -v setsid >/dev/null; then
  apart=setsid
fi
# Its own start is noted by itself: from here on nobody has to live for it.
$apart nohup sh -c '
  job=$1
  stat=$(cat "/proc/$$/stat")
  set -f
  set -- ${stat##*) }
  shift 19
  echo "$$ $1 $(cut -c1-8 /proc/sys/kernel/random/boot_id)" >"$job/pid"
  sh "$job/body" >"$job/out" 2>&1 </dev/null
  echo $? >"$job/exit.new"
  mv -f "$job/exit.new" "$job/exit"
' job "$job" >/dev/null 2>&1 </dev/null &
# A week is enough to look into what went wrong.
find "$state/job" -mindepth 1 -maxdepth 1 -type d -mtime +7 ! -name "$id" -exec rm -rf {} +
echo end
