# Deletes regular files that are older than the program, and never the newest of a pattern. The
# calls of remove follow; only the pattern holds wildcards, and it has no slash.
look
if [ -z "$born" ]; then
  refuse "nobody knows when the program started, so that nothing is known to be older"
fi
mkdir -p "$state" || refuse "nothing can be kept in $state"
touch -d "@$born" "$state/born" || refuse "no file can be given a time in $state"
remove() {
  if [ ! -d "$1" ]; then
    return
  fi
  cd -P "$1" || refuse "$1 cannot be entered"
  if [ "$(pwd -P)" != "$1" ]; then
    refuse "$1 leads somewhere else, to $(pwd -P): name that"
  fi
  newest=
  # Names may hold spaces; nothing but the wildcards shall mean anything.
  IFS=
  for file in $2; do
    if [ -f "$file" ] && [ ! -L "$file" ]; then
      if [ -z "$newest" ] || [ "$file" -nt "$newest" ]; then
        newest=$file
      fi
    fi
  done
  for file in $2; do
    if [ -f "$file" ] && [ ! -L "$file" ] && [ "$file" != "$newest" ] &&
      [ "$state/born" -nt "$file" ]; then
      rm -f -- "./$file"
    fi
  done
  unset IFS
}
