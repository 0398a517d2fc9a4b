# shellcheck shell=bash
# Helpers for end-to-end tests: source "$FEDGATE_SOURCE_DIR/tests/e2e/lib.sh".
set -euo pipefail

# Ends the test as failed, with the reason.
fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# Ends the test as skipped unless every command is there.
need() {
  local tool
  for tool in "$@"; do
    if ! command -v "$tool" > /dev/null; then
      echo "missing: $tool" >&2
      exit 77
    fi
  done
}

# The same for the npm packages of package.json.
need_npm_packages() {
  need node
  if [[ ! -d $FEDGATE_SOURCE_DIR/tests/e2e/node_modules/web-tree-sitter ]]; then
    echo "missing: the packages of tests/e2e/package.json" >&2
    exit 77
  fi
}

# expect_status N COMMAND...: fails unless the command exits with N.
expect_status() {
  local expected=$1 status=0
  shift
  "$@" || status=$?
  ((status == expected)) || fail "exit status $status instead of $expected: $*"
}
