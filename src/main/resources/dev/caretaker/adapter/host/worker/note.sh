# Notes on which code a program began that somebody else supervises and we have just started.
if code && [ -n "$revision" ]; then
  mkdir -p "$state" && echo "$given $revision" | put "$state/started"
fi
echo end
