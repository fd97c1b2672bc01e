#!/usr/bin/env bash
# Proves that the project needs nothing but Debian 12 and Node 20: makes a minimal Debian tree, copies only Node and the
# user's npm configuration into it, clones the last commit, and runs the README's commands there.
#
#   sudo scripts/fresh-machine.sh start    npm ci && npm start, until the app's window is on the (virtual) screen
#   sudo scripts/fresh-machine.sh test     npm ci && npm test
#
# Outside of the tree it needs root, debootstrap, git and (for start) xwininfo. FRESH_BASE=DIR reuses an untouched tree
# that debootstrap made before; FRESH_KEEP=1 keeps the tree. Package mirrors and the registry are this machine's own.
set -euo pipefail

readonly suite=bookworm
readonly window_title=Peal
readonly start_limit_s=600
readonly what=${1:-}
readonly root=$(cd "$(dirname "$0")/.." && pwd)
[[ $what == start || $what == test ]] || { echo "usage: $0 start|test" >&2; exit 2; }

readonly tree=$(mktemp -d /var/tmp/peal-fresh-XXXXXX)
readonly log=$tree.log
inside_pid=

clean_up() {
  # The commands run in a process namespace of their own: with its first process everything in it ends.
  if [[ -n $inside_pid ]]; then
    kill -KILL "$inside_pid" 2>/dev/null || true
    wait "$inside_pid" 2>/dev/null || true
  fi
  [[ -n ${FRESH_KEEP:-} ]] || rm -rf --one-file-system "$tree" "$log"
}
trap clean_up EXIT

say() { echo "fresh: $*"; }

make_tree() {
  if [[ -n ${FRESH_BASE:-} ]]; then
    say "copying $FRESH_BASE"
    cp -a "$FRESH_BASE/." "$tree"
    return
  fi
  local mirror
  mirror=$(apt-get indextargets --format '$(REPO_URI)' "Codename: $suite" | head -n 1)
  say "making a minimal Debian 12 tree"
  debootstrap --variant=minbase "$suite" "$tree" "$mirror" >"$log"
}

copy_node() {
  local node npm
  node=$(readlink -f "$(command -v node)")
  npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
  install -D "$node" "$tree/usr/local/bin/node"
  mkdir -p "$tree/usr/local/lib/node_modules"
  cp -a "$npm" "$tree/usr/local/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$tree/usr/local/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$tree/usr/local/bin/npx"
}

# What tells this machine's programs how to reach the network: name lookup, npm's configuration, certificates.
copy_network_configuration() {
  local file
  cp -L /etc/resolv.conf /etc/hosts "$tree/etc/"
  file=$(npm config get userconfig 2>/dev/null)
  [[ ! -f $file ]] || cp "$file" "$tree/root/.npmrc"
  file=$(npm config get globalconfig 2>/dev/null)
  [[ ! -f $file ]] || install -D -m 644 "$file" "$tree/usr/local/etc/npmrc"
  if [[ -f ${NODE_EXTRA_CA_CERTS:-} ]]; then cp "$NODE_EXTRA_CA_CERTS" "$tree/root/certificates.pem"; fi
}

# run_inside COMMAND: in mount and process namespaces and with an environment of its own.
run_inside() {
  local environment=(HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8)
  if [[ -f $tree/root/certificates.pem ]]; then
    environment+=(NODE_EXTRA_CA_CERTS=/root/certificates.pem npm_config_cafile=/root/certificates.pem)
  fi
  # shellcheck disable=SC2016 # these are for the inner shell
  exec unshare --mount --pid --fork --kill-child=KILL bash -c '
    set -e
    mount --bind "$1" "$1" # the root has to be a mount point for "ip netns"
    mount -t proc proc "$1/proc"
    mount --rbind /sys "$1/sys"
    mount --rbind /dev "$1/dev"
    shift
    exec "$@"
  ' inside "$tree" chroot "$tree" env -i "${environment[@]}" bash -c "cd /root/peal && $1"
}

window_is_open() {
  local display id
  display=$(sed -n 's/^start: .*DISPLAY=\(:[0-9]*\)$/\1/p' "$log" | head -n 1)
  [[ -n $display ]] || return 1
  id=$(xwininfo -root -tree -display "$display" 2>/dev/null | awk -v title="\"$window_title\":" '$2 == title { print $1; exit }')
  [[ -n $id ]] && xwininfo -id "$id" -display "$display" 2>/dev/null | grep -q IsViewable
}

prove_start() {
  run_inside 'npm ci && npm start' >"$log" 2>&1 </dev/null &
  inside_pid=$!
  local waited
  for ((waited = 0; waited < start_limit_s; waited += 1)); do
    if window_is_open; then
      cat "$log"
      say "the window \"$window_title\" is open after $waited s"
      return 0
    fi
    kill -0 "$inside_pid" 2>/dev/null || break
    sleep 1
  done
  cat "$log"
  say "no window titled \"$window_title\""
  return 1
}

prove_test() {
  run_inside 'npm ci && npm test' </dev/null &
  inside_pid=$!
  wait "$inside_pid"
}

: >"$log"
make_tree
copy_node
copy_network_configuration
git clone --quiet "$root" "$tree/root/peal"
say "running: npm ci && npm $what"
"prove_$what"
