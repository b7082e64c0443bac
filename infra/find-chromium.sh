#!/bin/sh
# Prints the path of a Chromium, or fails.
#   find-chromium.sh          one as people have it
#   find-chromium.sh quick    first one that draws no window around its pages: the same for half the time
[ "${1:-}" = quick ] && command -v chromium-headless-shell && exit 0
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
    "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
    [ -n "$name" ] && command -v "$name" && exit 0
done
exit 1
