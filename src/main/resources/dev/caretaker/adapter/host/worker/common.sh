# What every script begins with. Before it stand, as quoted assignments:
#   program  as its supervisor names it, or empty where somebody else supervises
#   dir      of the code, absolute, or empty
#   key      a file name for what is kept of a program without a directory
#   sudo     yes where supervisorctl needs it; configuration: its file, or empty
#   given, born  incarnation and start (seconds) of a program that somebody else supervises
set -u
LC_ALL=C
export LC_ALL
if [ -n "$dir" ]; then
  # Beside the code, not in it: a checkout leaves it alone, and it never makes the tree dirty.
  state=$dir.caretaker
else
  state=${HOME:-/var/lib}/.caretaker/$key
fi

refuse() {
  printf 'refused %s\n' "$1"
  exit 64
}

supervise() {
  if [ -n "$configuration" ]; then
    set -- -c "$configuration" "$@"
  fi
  if [ "$sudo" = yes ]; then
    sudo -n supervisorctl "$@" </dev/null
  else
    supervisorctl "$@" </dev/null
  fi
}

# supervisord goes on with what it was asked for when the one who asked has gone.
supervise_briefly() {
  seconds=$1
  shift
  if [ -n "$configuration" ]; then
    set -- -c "$configuration" "$@"
  fi
  if [ "$sudo" = yes ]; then
    timeout "$seconds" sudo -n supervisorctl "$@" </dev/null 2>&1
  else
    timeout "$seconds" supervisorctl "$@" </dev/null 2>&1
  fi
}

# The start of a process in hundredths of a second after the boot; nothing where it is gone.
ticks_of() {
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  # The name stands in brackets and may hold anything; its end is the last bracket.
  set -f
  set -- ${stat##*) }
  set +f
  shift 19
  echo "$1"
}

boot() {
  cut -c1-8 /proc/sys/kernel/random/boot_id
}

# Sets status (what supervisord says), lives (whether a process does), stopping (whether one ends),
# incarnation (of all that live; empty where one hides) and born (the first of them, in seconds).
look() {
  if [ -z "$program" ]; then
    status=
    stopping=
    lives=${given:+yes}
    incarnation=$given
    return
  fi
  status=$(supervise status "$program" 2>&1)
  lives=
  stopping=
  incarnation=
  born=
  first=
  hidden=
  while read -r name word rest; do
    case $word in
      RUNNING)
        pid=${rest#pid }
        pid=${pid%%,*}
        ;;
      STARTING | STOPPING)
        pid=$(supervise pid "$name" 2>/dev/null)
        if [ "$word" = STOPPING ]; then
          stopping=yes
        fi
        ;;
      *) continue ;;
    esac
    lives=yes
    ticks=$(ticks_of "${pid:-0}") || ticks=
    if [ -z "$ticks" ]; then
      hidden=yes
      continue
    fi
    incarnation=$incarnation${incarnation:+,}$pid@$ticks
    if [ -z "$first" ] || [ "$ticks" -lt "$first" ]; then
      first=$ticks
    fi
  done <<END
$status
END
  if [ -n "$hidden" ]; then
    incarnation=
  elif [ -n "$incarnation" ]; then
    incarnation=$(boot):$incarnation
    booted=$(sed -n 's/^btime //p' /proc/stat)
    born=$((booted + first / 100))
  fi
}

# Another user's clone is no danger: it is the one that was asked for.
git_here() {
  git -c safe.directory="$dir" -C "$dir" "$@"
}

# Sets revision: what stands in the directory, by the name it was asked for under where we put it
# there; empty where there is none, or half of one.
code() {
  revision=
  since=
  if [ -z "$dir" ] || [ ! -e "$dir/.git" ] || [ -e "$state/updating" ]; then
    return 0
  fi
  revision=$(git_here rev-parse --verify HEAD 2>&1) || {
    doubt=$revision
    revision=
    return 1
  }
  if [ -r "$state/updated" ]; then
    read -r hash asked at <"$state/updated"
    if [ "$hash" = "$revision" ]; then
      revision=$asked
      since=$at
    fi
  fi
}

# Whether the process that noted itself in this file still is that one.
is_alive() {
  read -r pid ticks at 2>/dev/null <"$1" || return 1
  [ "$at" = "$(boot)" ] && [ "$(ticks_of "$pid")" = "$ticks" ]
}

# Prints what became of a job: its exit code, running, or lost.
job_state() {
  if [ -r "$1/exit" ]; then
    cat "$1/exit"
  elif [ -e "$1/pid" ]; then
    if is_alive "$1/pid"; then
      echo running
    elif [ -r "$1/exit" ]; then
      # It ended between the two looks.
      cat "$1/exit"
    else
      echo lost
    fi
  elif read -r at 2>/dev/null <"$1/begun" && [ $(($(date +%s) - at)) -lt 60 ]; then
    echo running
  else
    echo lost
  fi
}

# Replaces a file whole: a reader sees the old text or the new one.
put() {
  cat >"$1.new" && mv -f "$1.new" "$1"
}
