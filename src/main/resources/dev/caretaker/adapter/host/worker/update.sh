# The job that brings the directory to $wanted, which is on $branch of $repository.
give_up() {
  echo "$1"
  exit 1
}
if [ -z "$dir" ]; then
  give_up "the program has no directory for its code: name one"
fi
# Nobody is there to answer a question, and a server that sends nothing is not waited for.
GIT_TERMINAL_PROMPT=0
GIT_SSH_COMMAND='ssh -oBatchMode=yes'
GIT_HTTP_LOW_SPEED_LIMIT=1000
GIT_HTTP_LOW_SPEED_TIME=60
export GIT_TERMINAL_PROMPT GIT_SSH_COMMAND GIT_HTTP_LOW_SPEED_LIMIT GIT_HTTP_LOW_SPEED_TIME
mkdir -p "$state" "$dir" || give_up "$dir cannot be made"
if [ ! -e "$dir/.git" ]; then
  if [ -n "$(ls -A "$dir")" ]; then
    give_up "$dir holds something else than a clone: look into it and move it away"
  fi
  echo "$wanted" | put "$state/updating"
  git_here init -q || give_up "no repository can be made in $dir"
fi
# A lock that is this old was left by a git that died; ours runs alone.
find "$dir/.git" -maxdepth 1 -name index.lock -mmin +10 -delete
deeper=
if [ "$(git_here rev-parse --is-shallow-repository)" = true ]; then
  deeper=--unshallow
fi
timeout 1800 git -c safe.directory="$dir" -C "$dir" fetch -q --force --tags $deeper \
  -- "$repository" "+refs/heads/$branch:refs/caretaker/wanted" ||
  give_up "branch $branch of $repository cannot be fetched"
hash=$(git_here rev-parse --verify --quiet "$wanted^{commit}") ||
  give_up "there is no revision $wanted on branch $branch of $repository"
git_here merge-base --is-ancestor "$hash" refs/caretaker/wanted ||
  give_up "revision $wanted is not on branch $branch of $repository"
# From here on the directory is neither the old code nor the new.
echo "$wanted" | put "$state/updating"
git_here checkout -q --force --detach "$hash" || give_up "$wanted cannot be checked out"
git_here reset -q --hard "$hash" || give_up "what was changed in $dir cannot be put back"
if [ -e "$dir/.gitmodules" ]; then
  git_here submodule -q update --init --recursive --force || give_up "its submodules are missing"
fi
stands=$(git_here rev-parse --verify HEAD)
if [ "$stands" != "$hash" ]; then
  give_up "$dir stands at $stands after a checkout of $hash"
fi
if [ -n "$(git_here status --porcelain --untracked-files=no)" ]; then
  give_up "$dir differs from $wanted after a checkout: does a program write into it?"
fi
echo "$hash $wanted $(date +%s)" | put "$state/updated"
rm -f "$state/updating"
echo "$dir stands at $wanted"
