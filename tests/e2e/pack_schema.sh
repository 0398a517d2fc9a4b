#!/usr/bin/env bash
# The JSON Schema of packs accepts every pack of the repository and refuses what fedgate refuses.
# shellcheck source=tests/e2e/lib.sh
source "$FEDGATE_SOURCE_DIR/tests/e2e/lib.sh"
need_npm_packages

validate=$FEDGATE_SOURCE_DIR/tests/e2e/validate_json.mjs
pack=$FEDGATE_SOURCE_DIR/samples/policies/rules/woodgrove.yaml
"$FEDGATE" schema pack > pack.schema.json
cmp pack.schema.json "$FEDGATE_SOURCE_DIR/schema/pack.schema.json" || fail 'the file is stale'
node "$validate" pack.schema.json "$pack" "$FEDGATE_SOURCE_DIR"/rules/packs/*.yaml

# refuse NAME SED: the pack with that change is refused by the schema and by fedgate.
refuse() {
  sed -E "$2" "$pack" > "$1.yaml"
  cmp -s "$pack" "$1.yaml" && fail "$1: the pack is unchanged"
  expect_status 1 node "$validate" pack.schema.json "$1.yaml" 2> /dev/null
  expect_status 1 "$FEDGATE" rules test "$1.yaml" > /dev/null 2>&1
}
refuse unknown_key 's/^    help:/    hlep:/'
refuse missing_source '/^    source:/d'
refuse wrong_severity 's/severity: info/severity: notice/'
refuse wrong_scope 's/for: certificate/for: certificates/'
refuse wrong_code 's/code: WGB001/code: wgb-1/'
refuse both_kinds 's/^      - bad: (\{partners: \[\{domain: a.example, type: federated\}\]\})/      - {bad: \1, good: \1}/'
refuse wrong_day 's/as_of: 2026-03-15/as_of: today/'
