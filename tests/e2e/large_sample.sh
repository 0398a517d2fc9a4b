#!/usr/bin/env bash
# A federation of 1,000 partners in 53 files is accepted, and as one file it compiles to the same
# artifacts. Its generator writes the same bytes each time.
# shellcheck source=tests/e2e/lib.sh
source "$FEDGATE_SOURCE_DIR/tests/e2e/lib.sh"
need python3

generate=$FEDGATE_SOURCE_DIR/samples/large/generate.py
python3 "$generate" many
python3 "$generate" again
python3 "$generate" --single-file one
diff -r many again || fail 'two runs of the generator differ'

"$FEDGATE" check --quiet --as-of 2026-11-22 many || fail 'the sample has an error'
"$FEDGATE" compile --as-of 2026-11-22 -o from_many many > /dev/null
"$FEDGATE" compile --as-of 2026-11-22 -o from_one one > /dev/null
# The manifest holds the hash of the spec itself.
diff -r --exclude=manifest.json from_many from_one || fail 'the artifacts depend on the files'
grep -cF '"domain"' from_many/gateway.json | grep -qxE '1[0-9]{3}' || fail 'partners are missing'
