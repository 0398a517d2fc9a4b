#!/usr/bin/env bash
# Usage: run.sh TEST FEDGATE
# Runs one end-to-end test, an executable beside this file, in an empty scratch folder that is
# removed afterwards. The test gets the fedgate binary as its argument and in $FEDGATE, and the root
# of the source tree in $FEDGATE_SOURCE_DIR. It exits with 77 where a real tool is missing: skipped
# on a developer's machine, failed where CI=true or FEDGATE_REQUIRE_TOOLS=1.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
test_file="$here/$1"
FEDGATE=$(realpath "$2")
FEDGATE_SOURCE_DIR=$(cd "$here/../.." && pwd)
export FEDGATE FEDGATE_SOURCE_DIR

scratch=$(mktemp -d "${TMPDIR:-/tmp}/fedgate-e2e.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

status=0
"$test_file" "$FEDGATE" || status=$?
if ((status == 77)) && [[ ${CI:-} == true || ${FEDGATE_REQUIRE_TOOLS:-} == 1 ]]; then
  echo "a tool is missing, and here every tool is required: ./dev setup installs them" >&2
  exit 1
fi
exit "$status"
