# shellcheck shell=bash
# npm_ci DIR: installs what the lock file names, unless that very lock was installed before.
npm_ci() {
  local stamp="$1/node_modules/.installed-lock"
  if ! cmp -s "$1/package-lock.json" "$stamp"; then
    (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) && cp "$1/package-lock.json" "$stamp"
  fi
}
