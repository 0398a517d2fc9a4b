#!/usr/bin/env bash
# The pack of samples/policies passes its own examples and judges its spec as its expected report
# says; what is wrong with an example, a pack or a path is told and never passes.
# shellcheck source=tests/e2e/lib.sh
# Backticks are part of the messages.
# shellcheck disable=SC2016
source "$FEDGATE_SOURCE_DIR/tests/e2e/lib.sh"

cp -r "$FEDGATE_SOURCE_DIR/samples/policies" .
cd policies

# expect_text FILE TEXT: fails unless the file holds the text.
expect_text() {
  grep -qF -- "$2" "$1" || {
    cat "$1"
    fail "$1 lacks: $2"
  }
}

"$FEDGATE" rules test rules > tested
expect_text tested '16 passed, 0 failed'
# The documents show the same number.
expect_text README.md "$(cat tested)"

# Only the number of built-in rules is not a matter of this sample.
expect_status 1 "$FEDGATE" check --as-of 2026-11-22 --rules rules federation > found
sed -E 's/[0-9]+ rules\)$/all rules)/' found > found.out
diff -u expected/check.out found.out || fail 'the report differs from expected/check.out'

"$FEDGATE" rules coverage --as-of 2026-11-22 --rules rules federation > covered 2> summary
grep -E '^WGB' covered | sed -E 's/ +/ /g' > own
diff -u - own << 'END' || fail 'the coverage differs'
WGB001 partner-without-required-tls partner 4 3 1 1 waived
WGB002 partner-without-agreement partner 4 3 1 0 fired
WGB003 endless-agreement partner 4 4 0 0 passed
WGB004 unapproved-provider partner 4 3 1 0 fired
WGB005 waiver-without-end partner 4 4 0 0 passed
WGB006 partner-without-contact partner 4 3 1 0 fired
WGB007 certificate-beyond-recommended-validity certificate 1 1 0 0 passed
END
grep -qE '^[0-9]+ rules: .* off$' summary || fail "an odd summary: $(cat summary)"

"$FEDGATE" explain --rules rules WGB002 > explained
expect_text explained 'partner-without-agreement'
expect_text explained 'Woodgrove federation handbook, 3.2'
expect_text explained '`a.example` is federated without the last day of an agreement'

"$FEDGATE" rules --rules rules --format json > rules.json
expect_text rules.json '"pack": "woodgrove"'

# A wrong example is told with its place and with what came instead.
sed 's/tls: optional, agreement/tls: required, agreement/' rules/woodgrove.yaml > wrong.yaml
expect_status 1 "$FEDGATE" rules test wrong.yaml > tested
expect_text tested 'wrong.yaml:15: WGB001 partner-without-required-tls: expected WGB001, got'
expect_text tested '15 passed, 1 failed'

# A code belongs to one rule only.
sed 's/WGB007/NEG002/' rules/woodgrove.yaml > taken.yaml
expect_status 1 "$FEDGATE" check --as-of 2026-11-22 --rules taken.yaml federation > found
expect_text found 'rule `NEG002` exists already'
expect_text found 'negotiation.yaml'

# A field that does not exist is shown where it stands, with the nearest name.
sed 's/partner\.tls !=/partner.tsl !=/' rules/woodgrove.yaml > typo.yaml
expect_status 1 "$FEDGATE" check --as-of 2026-11-22 --rules typo.yaml federation > found
expect_text found 'typo.yaml:8:19'
expect_text found 'tls'

expect_status 2 "$FEDGATE" rules test federation 2> told
expect_text told 'there is no rule pack'
expect_status 2 "$FEDGATE" rules test nowhere.yaml 2> told
expect_text told 'nowhere.yaml'

"$FEDGATE" eval 'partner.posture' --format json federation > values
expect_text values '"partner": "chat.example"'
expect_text values 'optional/optional/true'
expect_status 2 "$FEDGATE" eval 'partner.tls' --for certificate federation 2> told
expect_text told '`partner` cannot be read for each certificate'
